package io.camelback.failure;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether what a provider sends after the status 200 is an error: an event of a stream, a whole body, or the
 * reason for which a model is said to have stopped. All dialects share it, because servers speak a dialect and report
 * errors in another: proxies, load balancers and web frameworks answer in shapes of their own. An object is an error if
 * it says so, or if it has fields of an error and none of an answer. Pure, and never throws.
 */
public final class InBandErrorDetector {
    /**
     * Fields of answers, and of their events, in the dialects that are read here. None of the known error shapes has
     * one.
     */
    private static final Set<String> ANSWER_FIELDS = Set.of(
            "choices",
            "candidates",
            "usage",
            "usageMetadata",
            "promptFeedback",
            "delta",
            "item",
            "part",
            "response",
            "content",
            "content_block",
            "output",
            "data",
            "embedding",
            "embeddings",
            "index",
            "item_id",
            "output_index",
            "responseId",
            "prompt_filter_results");

    /** Top-level fields whose name alone says that something went wrong, unless they are empty. */
    private static final Set<String> ERROR_FIELDS = Set.of(
            "error",
            "errors",
            "err",
            "exception",
            "fault",
            "error_code",
            "errorCode",
            "error_msg",
            "error_message",
            "errorMessage",
            "error_description",
            "errmsg",
            "err_msg",
            "faultstring");

    private static final List<String> TEXT_FIELDS = List.of("message", "msg", "detail");
    private static final List<String> CODE_FIELDS =
            List.of("code", "status", "statusCode", "status_code", "error_code", "errorCode", "errcode");
    private static final Set<String> GOOD_CODES = Set.of("0", "200", "ok", "success", "succeeded");

    /**
     * What some servers call the end of an answer that they could not finish, beside the words that end with "error".
     */
    private static final Set<String> FAULTS =
            Set.of("insufficient_system_resource", "abort", "aborted", "cancelled", "canceled", "failed", "failure");

    private InBandErrorDetector() {}

    /**
     * Whether this is an error.
     *
     * @param body a whole body or an event's data; null is no error. In a list, one element that is an error decides.
     */
    public static boolean isError(JsonNode body) {
        return find(body) != null;
    }

    /**
     * The object that is an error.
     *
     * @param body an object or a list
     * @return the object itself or the list's first element that is an error; null when there is none
     */
    static JsonNode find(JsonNode body) {
        if (body == null) {
            return null;
        }
        if (body.isArray()) {
            for (JsonNode element : body) {
                if (element.isObject() && isErrorObject(element)) {
                    return element;
                }
            }
            return null;
        }
        return body.isObject() && isErrorObject(body) ? body : null;
    }

    /**
     * Whether the reason for which a choice ended says that the provider failed. @param reason as sent; null when none
     * was
     */
    public static boolean isFault(String reason) {
        return reason != null && (isErrorWord(reason) || FAULTS.contains(reason.toLowerCase(Locale.ROOT)));
    }

    private static boolean isErrorObject(JsonNode root) {
        return ProviderErrorReader.errorObject(root) != null
                || isText(root.get("error"))
                || isErrorType(Json.string(root, "type"))
                || isErrorType(Json.string(root, "object"))
                || isErrorType(Json.string(root, "event"))
                || root.path("base_resp").path("status_code").asInt(0) != 0
                || !isAnswer(root) && hasErrorFields(root);
    }

    private static boolean isErrorType(String type) {
        return type != null && (type.equals("response.failed") || isErrorWord(type));
    }

    /** {@code error}, {@code api_error}, {@code BadRequestError}, {@code ThrottlingException}. */
    static boolean isErrorWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.endsWith("error") || lower.endsWith("exception");
    }

    /** An event with a type of its own is a dialect's, known to us or not. */
    private static boolean isAnswer(JsonNode root) {
        if (isText(root.get("type"))) {
            return true;
        }
        for (String field : ANSWER_FIELDS) {
            if (root.hasNonNull(field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasErrorFields(JsonNode root) {
        if (root.path("success").isBoolean() || root.path("ok").isBoolean()) {
            return !root.path("success").asBoolean(root.path("ok").asBoolean());
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if ((ERROR_FIELDS.contains(field.getKey()) || isErrorWord(field.getKey()))
                    && saysSomething(field.getValue())) {
                return true;
            }
        }
        Boolean good = null;
        for (String field : CODE_FIELDS) {
            JsonNode code = root.get(field);
            if (code != null && code.isValueNode() && !code.isNull()) {
                String word = code.asText().toLowerCase(Locale.ROOT);
                if (isBadCode(code, word)) {
                    return true;
                }
                good = GOOD_CODES.contains(word);
            }
        }
        return !Boolean.TRUE.equals(good)
                && (TEXT_FIELDS.stream().map(root::get).anyMatch(InBandErrorDetector::isText)
                        || root.path("detail").isContainerNode()
                                && !root.path("detail").isEmpty());
    }

    private static boolean isBadCode(JsonNode code, String word) {
        return code.isIntegralNumber() && code.asInt() >= 400
                || word.equals("failed")
                || word.equals("failure")
                || isErrorWord(word);
    }

    /** Not null, not false, not zero, not blank. An object may be empty: that it is there says enough. */
    private static boolean saysSomething(JsonNode value) {
        return value.isObject()
                || value.isArray() && !value.isEmpty()
                || isText(value)
                || value.isNumber() && value.asInt() != 0
                || value.isBoolean() && value.booleanValue();
    }

    private static boolean isText(JsonNode node) {
        return node != null && node.isTextual() && !node.textValue().isBlank();
    }
}
