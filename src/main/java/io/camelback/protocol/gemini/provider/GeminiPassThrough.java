package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.gemini.GeminiParts;
import io.camelback.protocol.gemini.GeminiTools;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller's body for Gemini: unknown fields, key order and the spelling of names and numbers stay. Changed is what
 * the target refuses, and in the history what another provider's answer left there.
 */
final class GeminiPassThrough {
    private final ProviderModel target;
    private final ObjectNode body = Json.object();
    private final List<String> instructions = new ArrayList<>();

    private GeminiPassThrough(ObjectNode original, ProviderModel target) {
        this.target = target;
        body.setAll(original);
    }

    static ObjectNode write(ObjectNode original, ProviderModel target) {
        return new GeminiPassThrough(original, target).write();
    }

    private ObjectNode write() {
        require();
        GeminiOriginalTools.fit(body);
        String config = GeminiFields.key(body, "generationConfig");
        if (body.get(config) instanceof ObjectNode given) {
            ObjectNode fitted = new GeminiConfigAdapter(given, target, instructions).fit();
            body.set(config, fitted);
            if (fitted.isEmpty() && !given.isEmpty()) {
                body.remove(config);
            }
        }
        if (!target.supports(UnsupportedParameter.FORCED_TOOL_CHOICE)) {
            relaxToolChoice();
        }
        if (body.get("contents") instanceof ArrayNode contents) {
            body.set("contents", new GeminiHistoryAdapter(target).fit(contents));
        }
        instruct();
        return body;
    }

    private void require() {
        boolean tools = body.path("tools").size() > 0;
        boolean images = false;
        for (GeminiFields content : new GeminiFields(body, "").list("contents")) {
            for (GeminiFields part : content.list("parts")) {
                tools |= part.get("functionCall") != null || part.get("functionResponse") != null;
                images |= isImage(part.node());
            }
        }
        if (tools && !target.supports(UnsupportedParameter.TOOLS)) {
            throw new UnsupportedFeatureException("tools");
        }
        if (images && !target.supports(UnsupportedParameter.IMAGES)) {
            throw new UnsupportedFeatureException("images");
        }
    }

    private static boolean isImage(ObjectNode part) {
        JsonNode media = GeminiFields.value(part, "inlineData");
        media = media == null ? GeminiFields.value(part, "fileData") : media;
        JsonNode type = media instanceof ObjectNode object ? GeminiFields.value(object, "mimeType") : null;
        return type != null && type.asText().startsWith("image/");
    }

    private void relaxToolChoice() {
        String field = GeminiFields.key(body, "toolConfig");
        if (!(body.get(field) instanceof ObjectNode config)) {
            return;
        }
        String inner = GeminiFields.key(config, "functionCallingConfig");
        if (!(config.get(inner) instanceof ObjectNode calling)
                || !"ANY".equalsIgnoreCase(calling.path("mode").asText())) {
            return;
        }
        JsonNode allowed = calling.path(GeminiFields.key(calling, "allowedFunctionNames"));
        instructions.add(
                GeminiTools.mustCall(allowed.size() == 1 ? allowed.get(0).asText() : null));
        ObjectNode relaxed = Json.object();
        relaxed.setAll(config);
        relaxed.set(inner, Json.object().put("mode", "AUTO"));
        body.set(field, relaxed);
    }

    /** Clients may say the system instruction as a bare string; Gemini wants a content. */
    private void instruct() {
        String field = GeminiFields.key(body, "systemInstruction");
        if (body.get(field) instanceof ObjectNode system) {
            ObjectNode said = GeminiHistoryAdapter.said(system);
            if (said == null) {
                body.remove(field);
            } else if (said != system) {
                body.set(field, said);
            }
        }
        JsonNode given = body.get(field);
        boolean bare = given != null && given.isTextual();
        if (instructions.isEmpty() && !bare) {
            return;
        }
        ObjectNode system = Json.object();
        ArrayNode parts = body.arrayNode();
        if (given instanceof ObjectNode content) {
            system.setAll(content);
            JsonNode said = content.path("parts");
            if (said.isArray()) {
                said.forEach(parts::add);
            } else if (said.isObject()) {
                parts.add(said);
            }
        } else if (bare && !given.textValue().isEmpty()) {
            parts.add(GeminiParts.text(given.textValue()));
        }
        instructions.forEach(line -> parts.add(GeminiParts.text(line)));
        body.remove(field);
        if (!parts.isEmpty()) {
            body.set(field, system.set("parts", parts));
        }
    }
}
