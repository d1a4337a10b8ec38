package io.camelback.testkit;

import java.nio.charset.StandardCharsets;

/** Requests that no model shall ever see, and what their callers are told. */
public enum InvalidRequestCase {
    EMPTY_BODY("", "invalid_request", null, "The body is empty"),
    BLANK_BODY("  \n", "invalid_request", null, "must be a JSON object"),
    MALFORMED_JSON("{\"model\":\"premium\",", "invalid_json", null, "not valid JSON (line 1, column"),
    TWO_OBJECTS("{}{}", "invalid_json", null, "not valid JSON"),
    NOT_A_NUMBER("{\"model\":\"premium\",\"temperature\":NaN}", "invalid_json", null, "not valid JSON"),
    INVALID_UTF8(new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'}, "invalid_json", null, "JSON"),
    ARRAY_BODY("[{\"role\":\"user\",\"content\":\"hi\"}]", "invalid_request", null, "must be a JSON object"),
    TEXT_BODY("\"hi\"", "invalid_request", null, "must be a JSON object"),
    DUPLICATE_MODEL(
            "{\"model\":\"economy\",\"model\":\"premium\",\"messages\":[]}", "duplicate_key", null, "stands twice"),
    DUPLICATE_KEY_BELOW(with("\"metadata\":{\"a\":\"1\",\"a\":\"2\"}"), "duplicate_key", null, "stands twice"),
    NESTED_101_DEEP(with("\"x\":" + nested(100)), "invalid_json", null, "nested deeper than 100 levels"),
    NESTED_100_000_DEEP(with("\"x\":" + nested(100_000)), "invalid_json", null, "nested deeper than 100 levels"),
    NUMBER_OF_10_000_DIGITS(with("\"seed\":" + "1".repeat(10_000)), "invalid_json", null, "number in it is too long"),

    MODEL_MISSING(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "invalid_request", "model", "model is required"),
    MODEL_BLANK(model("\" \""), "invalid_request", "model", "model is required"),
    MODEL_NUMBER(model("7"), "invalid_request", "model", "must be a string"),

    MESSAGES_MISSING("{\"model\":\"premium\"}", "invalid_request", "messages", "is required"),
    MESSAGES_EMPTY(messages(""), "invalid_request", "messages", "at least one message"),
    MESSAGES_TEXT("{\"model\":\"premium\",\"messages\":\"hi\"}", "invalid_request", "messages", "must be an array"),
    MESSAGE_TEXT(messages("\"hi\""), "invalid_request", "messages[0]", "must be an object"),
    ROLE_MISSING(messages("{\"content\":\"hi\"}"), "invalid_request", "messages[0].role", "is required"),
    ROLE_UNKNOWN(
            messages("{\"role\":\"robot\",\"content\":\"hi\"}"),
            "invalid_request",
            "messages[0].role",
            "must be one of system, developer, user, assistant, tool, function"),
    CONTENT_MISSING(messages("{\"role\":\"user\"}"), "invalid_request", "messages[0].content", "is required"),
    CONTENT_NUMBER(
            messages("{\"role\":\"user\",\"content\":1}"),
            "invalid_request",
            "messages[0].content",
            "must be a string or"),
    PART_WITHOUT_TEXT(
            messages("{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}"),
            "invalid_request",
            "messages[0].content[0].text",
            "is required"),
    IMAGE_FROM_A_FILE(
            messages("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
                    + "\"file:///etc/passwd\"}}]}"),
            "invalid_request",
            "messages[0].content[0].image_url.url",
            "http"),
    TOOL_RESULT_WITHOUT_ID(
            messages("{\"role\":\"tool\",\"content\":\"22\"}"),
            "invalid_request",
            "messages[0].tool_call_id",
            "is required"),

    TEMPERATURE_3(with("\"temperature\":3"), "invalid_request", "temperature", "from 0 to 2"),
    TEMPERATURE_HOT(with("\"temperature\":\"hot\""), "invalid_request", "temperature", "from 0 to 2"),
    TEMPERATURE_1E400(with("\"temperature\":1e400"), "invalid_request", "temperature", "out of range"),
    TOP_P_NEGATIVE(with("\"top_p\":-0.1"), "invalid_request", "top_p", "from 0 to 1"),
    N_1000(with("\"n\":1000"), "invalid_request", "n", "from 1 to 128"),
    MAX_TOKENS_NEGATIVE(with("\"max_tokens\":-1"), "invalid_request", "max_tokens", "from 1 to"),
    MAX_TOKENS_2_TO_THE_63(with("\"max_tokens\":9223372036854775808"), "invalid_request", "max_tokens", "from 1 to"),
    MAX_TOKENS_HALF(with("\"max_completion_tokens\":1.5"), "invalid_request", "max_completion_tokens", "whole number"),
    FIVE_STOPS(with("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]"), "invalid_request", "stop", "at most 4"),
    EFFORT_UNKNOWN(
            with("\"reasoning_effort\":\"enormous\""),
            "invalid_request",
            "reasoning_effort",
            "must be one of none, minimal"),
    STREAM_TEXT(with("\"stream\":\"yes\""), "invalid_request", "stream", "true or false"),
    STREAM_OPTIONS_TEXT(with("\"stream_options\":\"all\""), "invalid_request", "stream_options", "must be an object"),
    FORMAT_UNKNOWN(
            with("\"response_format\":{\"type\":\"xml\"}"), "invalid_request", "response_format.type", "json_schema"),
    FORMAT_WITHOUT_SCHEMA(
            with("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}"),
            "invalid_request",
            "response_format.json_schema.schema",
            "is required"),
    TOOL_WITHOUT_NAME(
            with("\"tools\":[{\"type\":\"function\",\"function\":{\"parameters\":{}}}]"),
            "invalid_request",
            "tools[0].function.name",
            "is required"),
    TOOL_WITHOUT_FUNCTION(
            with("\"tools\":[{\"type\":\"function\"}]"), "invalid_request", "tools[0].function", "is required"),
    TOOL_DEMANDED_BUT_NONE_GIVEN(with("\"tool_choice\":\"required\""), "invalid_request", "tool_choice", "has none"),

    MODEL_UNKNOWN(
            model("\"wonder-unheard-of\""),
            404,
            "model_not_found",
            "model",
            "There is no model \"wonder-unheard-of\". There are: agent, agent-budget"),
    MODEL_PATH(model("\"../../admin\""), 404, "model_not_found", "model", "There is no model"),
    MODEL_ADDRESS(model("\"http://evil.example/v1?key=1\""), 404, "model_not_found", "model", "There is no model"),
    MODEL_ROUTE(model("\"direct:premium\""), 404, "model_not_found", "model", "There is no model"),
    MODEL_OF_10_KB(model("\"" + "m".repeat(10_000) + "\""), 404, "model_not_found", "model", "m…\""),
    MODEL_EXPRESSION(model("\"${body}\""), 404, "model_not_found", "model", "There is no model \"${body}\"");

    public final byte[] body;
    public final int status;
    public final String code;
    public final String param;
    public final String message;

    InvalidRequestCase(String body, String code, String param, String message) {
        this(body, 400, code, param, message);
    }

    InvalidRequestCase(String body, int status, String code, String param, String message) {
        this(body.getBytes(StandardCharsets.UTF_8), status, code, param, message);
    }

    InvalidRequestCase(byte[] body, String code, String param, String message) {
        this(body, 400, code, param, message);
    }

    InvalidRequestCase(byte[] body, int status, String code, String param, String message) {
        this.body = body;
        this.status = status;
        this.code = code;
        this.param = param;
        this.message = message;
    }

    private static String model(String json) {
        return "{\"model\":" + json + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private static String messages(String json) {
        return "{\"model\":\"premium\",\"messages\":[" + json + "]}";
    }

    /** A good request with one more field. */
    public static String with(String field) {
        return "{\"model\":\"premium\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + field + "}";
    }

    public static String nested(int deep) {
        return "[".repeat(deep) + "]".repeat(deep);
    }
}
