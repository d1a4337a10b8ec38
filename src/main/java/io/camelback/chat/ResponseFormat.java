package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form an answer must have. */
public sealed interface ResponseFormat {
    /** Any JSON object. */
    record Json() implements ResponseFormat {}

    /**
     * JSON that obeys a schema.
     *
     * @param description null when not said
     * @param schema shared with the original body: read only
     * @param strict null when not said
     */
    record JsonSchema(String name, String description, ObjectNode schema, Boolean strict) implements ResponseFormat {}
}
