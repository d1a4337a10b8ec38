package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;

/** What a request depends on and a target must therefore have. */
final class ResponsesCapabilityCheck {
    private ResponsesCapabilityCheck() {}

    /** @throws UnsupportedFeatureException when the target lacks one of them */
    static void check(ObjectNode body, ProviderModel target) {
        boolean tools = !body.path("tools").isEmpty();
        for (JsonNode item : body.path("input")) {
            String type = item.path("type").asText();
            tools |= type.endsWith("_call") || type.endsWith("_output") || type.equals("additional_tools");
            item.path("content").forEach(part -> check(part, target));
            item.path("output").forEach(part -> check(part, target));
        }
        if (tools && !target.supports(UnsupportedParameter.TOOLS)) {
            throw new UnsupportedFeatureException("tools");
        }
    }

    private static void check(JsonNode part, ProviderModel target) {
        if (part.path("type").asText().equals("input_image") && !target.supports(UnsupportedParameter.IMAGES)) {
            throw new UnsupportedFeatureException("images");
        }
        if (JsonNodes.has(part, "file_id") && !ResponsesRequestAdapter.isOpenAi(target)) {
            throw new UnsupportedFeatureException("a file stored at OpenAI");
        }
    }
}
