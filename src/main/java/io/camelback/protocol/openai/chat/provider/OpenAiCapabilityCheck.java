package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.openai.OpenAiCompatibleServers;

/** What a request depends on and a target must therefore have. */
final class OpenAiCapabilityCheck {
    private OpenAiCapabilityCheck() {}

    /** @throws UnsupportedFeatureException when the target lacks one of them */
    static void require(ObjectNode body, ProviderModel target) {
        boolean tools = !body.path("tools").isEmpty() || !body.path("functions").isEmpty();
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").asText();
            tools |= !message.path("tool_calls").isEmpty()
                    || message.path("function_call").isObject()
                    || role.equals("tool")
                    || role.equals("function");
            for (JsonNode part : message.path("content")) {
                require(part, target);
            }
        }
        if (tools && !target.supports(UnsupportedParameter.TOOLS)) {
            throw new UnsupportedFeatureException("tools");
        }
    }

    private static void require(JsonNode part, ProviderModel target) {
        if (part.path("type").asText().equals("image_url") && !target.supports(UnsupportedParameter.IMAGES)) {
            throw new UnsupportedFeatureException("images");
        }
        if (JsonNodes.has(part.path("file"), "file_id") && !OpenAiCompatibleServers.isOpenAi(target)) {
            throw new UnsupportedFeatureException("a file stored at OpenAI");
        }
    }
}
