package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;

/** What a request of this dialect depends on and a target must therefore have. */
final class AnthropicCapabilityCheck {
    private AnthropicCapabilityCheck() {}

    static boolean isAnthropic(ProviderModel target) {
        return ProtocolNames.ANTHROPIC.equals(target.provider());
    }

    /** @throws UnsupportedFeatureException when the target lacks one of them */
    static void require(ObjectNode body, ProviderModel target) {
        if (!target.supports(UnsupportedParameter.TOOLS) && !body.path("tools").isEmpty()) {
            throw new UnsupportedFeatureException("tools");
        }
        if (isAnthropic(target)
                && target.supports(UnsupportedParameter.TOOLS)
                && target.supports(UnsupportedParameter.IMAGES)) {
            return;
        }
        body.path("messages").forEach(message -> requireBlocks(message.path("content"), target));
    }

    private static void requireBlocks(JsonNode content, ProviderModel target) {
        if (!content.isArray()) {
            return;
        }
        for (JsonNode block : content) {
            String type = block.path("type").asText();
            if (type.equals("image") && !target.supports(UnsupportedParameter.IMAGES)) {
                throw new UnsupportedFeatureException("images");
            }
            if ((type.equals("tool_use") || type.equals("tool_result"))
                    && !target.supports(UnsupportedParameter.TOOLS)) {
                throw new UnsupportedFeatureException("tools");
            }
            if (block.path("source").path("type").asText().equals("file") && !isAnthropic(target)) {
                throw new UnsupportedFeatureException("a file stored at Anthropic");
            }
            requireBlocks(block.path("content"), target);
            requireBlocks(block.path("source").path("content"), target);
        }
    }
}
