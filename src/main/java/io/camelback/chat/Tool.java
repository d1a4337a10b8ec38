package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A function the model may call.
 *
 * @param description null when not said
 * @param parameters  JSON Schema, shared with the original body: read only; null for a tool without arguments
 * @param strict      whether arguments must obey the schema; null when not said
 */
public record Tool(String name, String description, ObjectNode parameters, Boolean strict) { }
