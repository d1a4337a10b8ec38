package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A function the model may call.
 *
 * @param description null when not said
 * @param parameters JSON Schema, shared with the original body: read only; null for a tool without arguments
 * @param strict whether arguments must obey the schema; null when not said
 * @param mark the end of a prefix that is worth caching: the tools up to this one; null for none
 */
public record Tool(String name, String description, ObjectNode parameters, Boolean strict, Part.CacheMark mark) {

    public Tool(String name, String description, ObjectNode parameters, Boolean strict) {
        this(name, description, parameters, strict, null);
    }
}
