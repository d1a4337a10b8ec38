package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StableId;
import io.camelback.protocol.openai.ContentPartReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A caller's own messages, without what the target's server is known to refuse. Messages that have nothing of it stay
 * the very same nodes. Used once.
 *
 * @see ProviderLimit
 */
final class OpenAiOriginalMessages {
    private static final int MAX_CALL_ID =
            ProviderLimit.number(ProtocolNames.OPENAI, ProtocolNames.OPENAI, ProviderLimit.CALL_ID);
    private static final String CONTENT = "content";
    private static final String CALLS = "tool_calls";
    private static final Set<String> KNOWN = Set.of(
            "role",
            CONTENT,
            "name",
            CALLS,
            "tool_call_id",
            "function_call",
            "refusal",
            "reasoning_content",
            "reasoning",
            "reasoning_details",
            "thinking_blocks",
            "prefix",
            "partial",
            "cache_control");
    private static final Set<String> SAID = Set.of("text", "refusal");

    private final Set<ProviderLimit> limits;
    private final boolean openAi;
    private final ArrayNode fitted = JsonNodes.array();
    /** Pictures of tool messages: they follow the last one of their turn. */
    private final List<JsonNode> pictures = new ArrayList<>();

    private OpenAiOriginalMessages(ProviderModel target) {
        this.limits = ProviderLimit.of(ProtocolNames.OPENAI, target.provider());
        this.openAi = !limits.contains(ProviderLimit.NULL_FIELDS);
    }

    static ArrayNode fit(ArrayNode messages, ProviderModel target) {
        OpenAiOriginalMessages fit = new OpenAiOriginalMessages(target);
        for (JsonNode message : messages) {
            if (message instanceof ObjectNode object) {
                fit.add(object);
            } else {
                fit.fitted.add(message);
            }
        }
        fit.showPictures();
        boolean same = fit.fitted.size() == messages.size();
        for (int i = 0; same && i < messages.size(); i++) {
            same = fit.fitted.get(i) == messages.get(i);
        }
        return same ? messages : fit.fitted;
    }

    private void add(ObjectNode message) {
        String role = message.path("role").asText();
        if (!role.equals("tool")) {
            showPictures();
        }
        ObjectNode result = fields(message);
        result = shortId(result, "tool_call_id");
        if (result.get(CALLS) instanceof ArrayNode calls) {
            ArrayNode shortened = JsonNodes.map(calls, call -> shortId(call, "id"));
            result = shortened == calls ? result : JsonNodes.with(result, CALLS, shortened);
        }
        result = switch (role) {
            case "assistant" -> assistant(result);
            case "tool" -> tool(result);
            default -> said(result);
        };
        if (result != null) {
            fitted.add(result);
        }
    }

    private ObjectNode fields(ObjectNode message) {
        ObjectNode result = message;
        for (String field : List.of(CALLS, "function_call", "audio")) {
            if (result.has(field)
                    && result.get(field).isEmpty()
                    && !result.get(field).isTextual()) {
                result = JsonNodes.without(result, field);
            }
        }
        boolean nulls = limits.contains(ProviderLimit.NULL_FIELDS);
        boolean unknown = limits.contains(ProviderLimit.UNKNOWN_FIELDS);
        return JsonNodes.without(
                result,
                (name, value) -> !name.equals(CONTENT)
                        && (value.isNull()
                                ? nulls || unknown && !KNOWN.contains(name)
                                : unknown && !KNOWN.contains(name) && !name.equals("audio")));
    }

    /** A longer id becomes the same short one in the call and in its result, in every turn. */
    static ObjectNode shortId(ObjectNode node, String field) {
        String id = Json.string(node, field);
        return id == null || id.length() <= MAX_CALL_ID
                ? node
                : JsonNodes.with(node, field, "call_" + StableId.of(id, 24));
    }

    /** Null for a turn that says nothing. */
    private ObjectNode assistant(ObjectNode given) {
        ObjectNode message = openAi ? given : refused(given);
        ObjectNode result = message;
        if (result.get(CONTENT) instanceof ArrayNode parts && limits.contains(ProviderLimit.THINKING_PARTS)) {
            ArrayNode said =
                    JsonNodes.map(parts, part -> SAID.contains(part.path("type").asText()) ? part : null);
            result = said == parts ? result : JsonNodes.with(result, CONTENT, said);
        }
        JsonNode content = result.path(CONTENT);
        boolean calls = result.has(CALLS) || result.path("function_call").isObject();
        boolean asItIs = openAi && (content.isArray() && content == message.path(CONTENT) || content.isTextual());
        if (!isEmpty(content) || asItIs && !calls) {
            return result;
        }
        if (calls) {
            return content.isNull() || content.isTextual() && openAi
                    ? result
                    : JsonNodes.with(result, CONTENT, Json.object().nullNode());
        }
        boolean speaks = JsonNodes.has(result, "refusal") || JsonNodes.has(result, "audio");
        return speaks ? result : null;
    }

    /** Other servers do not know a refusal: it is what was said. */
    private static ObjectNode refused(ObjectNode message) {
        String refusal = JsonNodes.text(message, "refusal");
        if (refusal == null) {
            return message;
        }
        ObjectNode result = JsonNodes.without(message, "refusal");
        if (result.get(CONTENT) instanceof ArrayNode parts) {
            return JsonNodes.with(
                    result, CONTENT, JsonNodes.array().addAll(parts).add(OpenAiParts.text(refusal)));
        }
        return JsonNodes.with(result, CONTENT, JsonNodes.jsonText(result.get(CONTENT)) + refusal);
    }

    private static boolean isEmpty(JsonNode content) {
        return content.isMissingNode()
                || content.isNull()
                || content.isTextual() && content.textValue().isEmpty()
                || content.isArray()
                        && content.findValuesAsText("text").stream().allMatch(String::isEmpty)
                        && content.findValue("refusal") == null
                        && content.findValue("thinking") == null;
    }

    /** What a system or a user says; null for nothing, where the server refuses that. */
    private ObjectNode said(ObjectNode message) {
        JsonNode content = message.path(CONTENT);
        boolean nothing =
                content.isTextual() && content.textValue().isEmpty() || content.isArray() && content.isEmpty();
        return nothing && !openAi ? null : message;
    }

    private ObjectNode tool(ObjectNode message) {
        JsonNode content = message.path(CONTENT);
        if (content.isTextual()) {
            return message;
        }
        if (!(content instanceof ArrayNode parts)) {
            return JsonNodes.with(message, CONTENT, JsonNodes.jsonText(content));
        }
        if (parts.isEmpty()) {
            return JsonNodes.with(message, CONTENT, "");
        }
        if (!limits.contains(ProviderLimit.TOOL_PICTURES)) {
            return message;
        }
        List<String> texts = new ArrayList<>();
        int shown = pictures.size();
        for (JsonNode part : parts) {
            if (part.path("type").asText().equals("text")) {
                texts.add(part.path("text").asText());
            } else {
                if (pictures.size() == shown) {
                    pictures.add(OpenAiParts.text(
                            "From the result of " + message.path("tool_call_id").asText() + ":"));
                }
                pictures.add(part);
            }
        }
        if (pictures.size() == shown) {
            return message;
        }
        texts.add("(image: see below)");
        return JsonNodes.with(message, CONTENT, String.join("\n", texts));
    }

    private void showPictures() {
        if (!pictures.isEmpty()) {
            ObjectNode user = fitted.addObject().put("role", "user");
            pictures.forEach(user.putArray(CONTENT)::add);
            pictures.clear();
        }
    }

    /** A message whose parts are spelled as Chat Completions has them. */
    static ObjectNode standard(ObjectNode message) {
        if (!(message.get(CONTENT) instanceof ArrayNode parts)) {
            return message;
        }
        ArrayNode standard = JsonNodes.map(parts, ContentPartReader::chat);
        return standard == parts ? message : JsonNodes.with(message, CONTENT, standard);
    }
}
