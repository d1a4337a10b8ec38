package io.camelback.protocol.support;

import io.camelback.chat.ResponseFormat;

/**
 * The form of the answer as OpenAI's dialects ask for it: {@code response_format} of Chat Completions,
 * {@code text.format} of Responses.
 */
public final class AnswerFormat {
    private AnswerFormat() {}

    /**
     * Reads it strictly.
     *
     * @param format null when the caller said nothing
     * @param holder the field of {@code format} with the schema and its name; null when they stand in {@code format}
     *     itself
     * @return null for plain text
     */
    public static ResponseFormat read(RequestFields format, String holder) {
        if (format == null) {
            return null;
        }
        switch (format.name("type")) {
            case "text":
                return null;
            case "json_object":
                return new ResponseFormat.Json();
            case "json_schema":
                return schema(holder == null ? format : held(format, holder));
            default:
                throw format.invalid("type", "must be one of text, json_object, json_schema");
        }
    }

    private static RequestFields held(RequestFields format, String holder) {
        RequestFields held = format.object(holder);
        if (held == null) {
            throw format.invalid(holder, "is required: an object with name and schema");
        }
        return held;
    }

    private static ResponseFormat schema(RequestFields given) {
        RequestFields schema = given.object("schema");
        if (schema == null) {
            throw given.invalid("schema", "is required: a JSON Schema");
        }
        return new ResponseFormat.JsonSchema(
                given.name("name"), given.string("description"), schema.node(), given.bool("strict"));
    }
}
