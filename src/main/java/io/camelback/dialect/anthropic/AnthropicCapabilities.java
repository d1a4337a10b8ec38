package io.camelback.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;

/** What a request of this dialect depends on and a target must therefore have. */
final class AnthropicCapabilities {
    private AnthropicCapabilities() { }

    static boolean isAnthropic(Target target) {
        return AnthropicDialect.NAME.equals(target.provider());
    }

    /** @throws Untranslatable when the target lacks one of them */
    static void require(ObjectNode body, Target target) {
        if (!target.takes(Refusal.TOOLS) && !body.path("tools").isEmpty()) {
            throw new Untranslatable("tools");
        }
        if (isAnthropic(target) && target.takes(Refusal.TOOLS) && target.takes(Refusal.IMAGES)) {
            return;
        }
        body.path("messages").forEach(message -> requireBlocks(message.path("content"), target));
    }

    private static void requireBlocks(JsonNode content, Target target) {
        if (!content.isArray()) {
            return;
        }
        for (JsonNode block : content) {
            String type = block.path("type").asText();
            if (type.equals("image") && !target.takes(Refusal.IMAGES)) {
                throw new Untranslatable("images");
            }
            if ((type.equals("tool_use") || type.equals("tool_result")) && !target.takes(Refusal.TOOLS)) {
                throw new Untranslatable("tools");
            }
            if (block.path("source").path("type").asText().equals("file") && !isAnthropic(target)) {
                throw new Untranslatable("a file stored at Anthropic");
            }
            requireBlocks(block.path("content"), target);
            requireBlocks(block.path("source").path("content"), target);
        }
    }
}
