package io.camelback.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ResponseFormat;
import io.camelback.dialect.Json;

/** Whether a text is the JSON that was asked for. */
final class StructuredOutput {
    /** A longer text is not read as JSON, which nothing can interrupt: in so many characters are 500,000 tokens. */
    private static final int LONGEST = 2 << 20;

    private StructuredOutput() { }

    /** Passed also when plain text was asked for. */
    static Verdict judge(ResponseFormat format, String text, WorkBudget budget) {
        if (format == null) {
            return Verdict.PASSED;
        }
        if (text.length() > LONGEST) {
            throw new NotJudgedException("too long to be read as JSON");
        }
        JsonNode json;
        try {
            json = Json.read(text);
        } catch (JsonProcessingException e) {
            return Verdict.missed("not JSON");
        }
        if (json == null || json.isMissingNode()) {
            return Verdict.missed("not JSON");
        }
        if (format instanceof ResponseFormat.JsonSchema wanted && wanted.schema() != null) {
            return SchemaCheck.of(wanted.schema(), json, budget);
        }
        return json.isObject() ? Verdict.PASSED : Verdict.missed("no JSON object");
    }
}
