package io.camelback.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ResponseFormat;
import io.camelback.json.Json;

/** Checks whether a text is the JSON that was requested. */
final class StructuredOutputCheck {
    /** A longer text is not read as JSON, which nothing can interrupt: in so many characters are 500,000 tokens. */
    private static final int LONGEST = 2 << 20;

    private StructuredOutputCheck() {}

    /** Passed also when plain text was asked for. */
    static QualityVerdict judge(ResponseFormat format, String text, WorkBudget budget) {
        if (format == null) {
            return QualityVerdict.PASSED;
        }
        if (text.length() > LONGEST) {
            throw new NotJudgedException("too long to be read as JSON");
        }
        JsonNode json;
        try {
            json = Json.read(text);
        } catch (JsonProcessingException e) {
            return QualityVerdict.missed("not JSON");
        }
        if (json == null || json.isMissingNode()) {
            return QualityVerdict.missed("not JSON");
        }
        if (format instanceof ResponseFormat.JsonSchema wanted && wanted.schema() != null) {
            return SchemaCheck.of(wanted.schema(), json, budget);
        }
        return json.isObject() ? QualityVerdict.PASSED : QualityVerdict.missed("no JSON object");
    }
}
