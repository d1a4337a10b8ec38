package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import io.camelback.dialect.Wire;

/** What a request depends on and a target must therefore have. */
final class Requirements {
    private Requirements() { }

    /** @throws Untranslatable when the target lacks one of them */
    static void check(ObjectNode body, Target target) {
        boolean tools = !body.path("tools").isEmpty();
        for (JsonNode item : body.path("input")) {
            String type = item.path("type").asText();
            tools |= type.endsWith("_call") || type.endsWith("_output");
            item.path("content").forEach(part -> check(part, target));
            item.path("output").forEach(part -> check(part, target));
        }
        if (tools && !target.takes(Refusal.TOOLS)) {
            throw new Untranslatable("tools");
        }
    }

    private static void check(JsonNode part, Target target) {
        if (part.path("type").asText().equals("input_image") && !target.takes(Refusal.IMAGES)) {
            throw new Untranslatable("images");
        }
        if (Wire.has(part, "file_id") && !ResponsesFit.isOpenAi(target)) {
            throw new Untranslatable("a file stored at OpenAI");
        }
    }
}
