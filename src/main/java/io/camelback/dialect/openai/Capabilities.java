package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import io.camelback.dialect.Wire;

/** What a request depends on and a target must therefore have. */
final class Capabilities {
    private Capabilities() { }

    /** @throws Untranslatable when the target lacks one of them */
    static void require(ObjectNode body, Target target) {
        boolean tools = !body.path("tools").isEmpty() || !body.path("functions").isEmpty();
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").asText();
            tools |= !message.path("tool_calls").isEmpty() || message.path("function_call").isObject()
                    || role.equals("tool") || role.equals("function");
            for (JsonNode part : message.path("content")) {
                require(part, target);
            }
        }
        if (tools && !target.takes(Refusal.TOOLS)) {
            throw new Untranslatable("tools");
        }
    }

    private static void require(JsonNode part, Target target) {
        if (part.path("type").asText().equals("image_url") && !target.takes(Refusal.IMAGES)) {
            throw new Untranslatable("images");
        }
        if (Wire.has(part.path("file"), "file_id") && !Providers.isOpenAi(target)) {
            throw new Untranslatable("a file stored at OpenAI");
        }
    }
}
