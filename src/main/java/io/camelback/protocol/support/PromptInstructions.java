package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;

/** Says in words what a target has no field for. */
public final class PromptInstructions {
    /** For JSON mode. */
    public static final String JSON = "Answer with one JSON object and nothing else: no code fence, no text around it.";
    /** For a tool choice that demands any call. */
    public static final String ANY_TOOL = "You must call at least one of the tools. Do not answer without calling one.";
    /** For a conversation that ends with the assistant's turn. */
    public static final String GO_ON = "Go on from exactly where you stopped.";

    private PromptInstructions() {}

    /** For an answer that must obey a schema. */
    public static String schema(JsonNode schema) {
        return JSON + " It must obey this JSON Schema: " + Json.text(schema);
    }

    /** For a tool choice that demands one tool. */
    public static String tool(String name) {
        return "You must call the tool " + name + ". Do not answer without calling it.";
    }

    /** A system message after the first turn, for a target that knows none there. */
    public static String late(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>";
    }
}
