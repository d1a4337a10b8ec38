package io.camelback.failure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses providers' error responses in every known shape. Whatever comes, it answers and never throws. */
public final class ProviderErrorReader {
    private static final int MESSAGE_CHARS = 8_192;
    private static final Set<String> OTHER_NAMES = Set.of("err", "exception", "fault");
    private static final List<String> CODES =
            List.of("code", "statusCode", "error_code", "errorCode", "errcode", "status_code");
    private static final List<String> MESSAGES = List.of(
            "message",
            "msg",
            "detail",
            "error_message",
            "errorMessage",
            "error_msg",
            "errmsg",
            "err_msg",
            "error_description",
            "faultstring",
            "exception",
            "err",
            "title",
            "reason");

    /** Anthropic names the field only in its text; its own top-level fields are safe to take from there. */
    private static final Pattern FIELD_IN_TEXT =
            Pattern.compile("^((?:messages|system|tools|tool_choice|max_tokens|temperature"
                    + "|top_p|top_k|stop_sequences|thinking|metadata|model|output_config|output_format|stream|service_tier|container"
                    + "|mcp_servers|cache_control)(?:\\.[A-Za-z0-9_]{1,32}){0,4}): ");

    private ProviderErrorReader() {}

    /** Reads an error's body; {@link ProviderError#EMPTY} for HTML, broken JSON, no body or null. */
    public static ProviderError read(byte[] body) {
        if (body == null || body.length == 0) {
            return ProviderError.EMPTY;
        }
        try {
            return read(Json.read(body));
        } catch (IOException e) {
            return ProviderError.EMPTY;
        }
    }

    /** Reads an error that came as JSON, such as one inside a stream. */
    public static ProviderError read(JsonNode body) {
        JsonNode root = unwrap(body);
        if (root == null || !root.isObject()) {
            return ProviderError.EMPTY;
        }
        JsonNode error = errorObject(root);
        if (error == null) {
            error = otherErrorObject(root);
        }
        if (error != null) {
            return fields(error, null);
        }
        if (isText(root.get("error"))) {
            return fields(root, root.get("error").textValue());
        }
        JsonNode base = root.get("base_resp");
        if (base != null && base.isObject()) {
            return new ProviderError(
                    null, word(base, "status_code"), null, cut(Json.string(base, "status_msg")), null, null, List.of());
        }
        JsonNode detail = root.get("detail");
        if (detail != null && detail.isArray() && !detail.isEmpty()) {
            return validation(detail.get(0));
        }
        if (detail != null && detail.isObject()) {
            return read(detail);
        }
        return fields(root, isText(detail) ? detail.textValue() : null);
    }

    /** A list is the element in it that is an error. */
    private static JsonNode unwrap(JsonNode body) {
        if (body == null || !body.isArray()) {
            return body;
        }
        JsonNode error = InBandErrorDetector.find(body);
        return error == null && body.size() == 1 ? body.get(0) : error;
    }

    /**
     * The object that tells the error: at the top, in a failed response's event, or in a choice; null when there is
     * none.
     */
    static JsonNode errorObject(JsonNode root) {
        for (JsonNode error : List.of(root.path("error"), root.path("response").path("error"))) {
            if (error.isObject() && !error.isEmpty()) {
                return error;
            }
        }
        for (JsonNode choice : root.path("choices")) {
            if (choice.path("error").isObject() && !choice.path("error").isEmpty()) {
                return choice.path("error");
            }
        }
        return null;
    }

    /**
     * Under another name than {@code error}: Cloudflare's list, Apigee's fault, Amazon's {@code throttlingException}.
     */
    private static JsonNode otherErrorObject(JsonNode root) {
        if (root.path("errors").path(0).isObject()) {
            return root.path("errors").path(0);
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            boolean named = OTHER_NAMES.contains(field.getKey()) || InBandErrorDetector.isErrorWord(field.getKey());
            if (named && field.getValue().isObject() && !field.getValue().isEmpty()) {
                ObjectNode error = field.getValue().deepCopy();
                return error.has("type") || OTHER_NAMES.contains(field.getKey())
                        ? error
                        : error.put("type", field.getKey());
            }
        }
        return null;
    }

    private static ProviderError fields(JsonNode error, String text) {
        String message = text != null ? text : message(error);
        String type = word(error, "type");
        if (type == null || type.equals("error")) {
            type = amazonType(Json.string(error, "__type"));
        }
        String code = CODES.stream()
                .map(field -> word(error, field))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> error.path("status").asInt() >= 400
                        ? error.path("status").asText()
                        : null);
        return new ProviderError(
                type,
                code,
                param(error, message),
                cut(withRaw(message, error)),
                Json.string(error, "status"),
                ErrorDetails.retryDelay(error),
                ErrorDetails.reasons(error));
    }

    /** OpenRouter says "Provider returned error" and puts what was returned beside it. */
    private static String withRaw(String message, JsonNode error) {
        String raw = Json.string(error.path("metadata"), "raw");
        if (raw == null) {
            return message;
        }
        return message == null ? raw : message + "\n" + raw;
    }

    private static ProviderError validation(JsonNode first) {
        List<String> path = new ArrayList<>();
        for (JsonNode step : first.path("loc")) {
            if (!step.asText().equals("body")) {
                path.add(step.asText());
            }
        }
        String param = path.isEmpty() ? null : String.join(".", path);
        return new ProviderError(
                word(first, "type"), null, param, cut(Json.string(first, "msg")), null, null, List.of());
    }

    private static String param(JsonNode error, String message) {
        String param = Json.string(error, "param");
        if (param == null) {
            param = ErrorDetails.field(error);
        }
        if (param == null && message != null) {
            Matcher field = FIELD_IN_TEXT.matcher(message);
            param = field.find() ? field.group(1) : null;
        }
        return param;
    }

    private static String message(JsonNode error) {
        for (String field : MESSAGES) {
            JsonNode value = error.get(field);
            if (isText(value) || value != null && value.isContainerNode() && !value.isEmpty()) {
                return value.isTextual() ? value.textValue() : Json.text(value);
            }
        }
        return null;
    }

    /**
     * Strips the name space of Amazon's {@code com.amazonaws.bedrock#ThrottlingException}, and the address that follows
     * it.
     */
    static String amazonType(String type) {
        if (type == null) {
            return null;
        }
        String name = type.substring(type.lastIndexOf('#') + 1);
        int address = name.indexOf(':');
        return address < 0 ? name : name.substring(0, address);
    }

    private static String word(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !(value.isTextual() || value.isIntegralNumber())) {
            return null;
        }
        String word = value.asText().strip();
        return word.isEmpty() ? null : word;
    }

    private static boolean isText(JsonNode node) {
        return node != null && node.isTextual() && !node.textValue().isBlank();
    }

    private static String cut(String message) {
        return message == null || message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS);
    }
}
