package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.JsonNodes;
import java.util.Map;
import java.util.Set;

/**
 * Items of OpenAI's own tools. Searches, containers and remote servers run at OpenAI and mean nothing elsewhere. The
 * tools that run on the caller's machine, shells and the patch tool, are told to other models as calls of a function of
 * that name: a conversation that changes its provider must not lose what was done.
 */
public final class HostedToolItems {
    /** Of the tools that run on the caller's machine: where a call says what is to be done. */
    private static final Map<String, String> ACTIONS =
            Map.of("local_shell", "action", "shell", "action", "apply_patch", "operation");

    private static final Set<String> ANSWERS = Set.of("mcp_approval_response", "computer_call_output");

    private HostedToolItems() {}

    /** Whether the conversation stands in such an item, or is to be put into one: no other model can go on with it. */
    static boolean isConversation(JsonNode item) {
        return item.path("type").asText().contains("compaction");
    }

    /** Whether it is the caller's word on what OpenAI runs: nobody else can go on from there. */
    static boolean isAnswer(JsonNode item) {
        return ANSWERS.contains(item.path("type").asText());
    }

    /** Tolerant towards tools that OpenAI may yet add. */
    static boolean isKnown(String type) {
        return type.endsWith("_call")
                || type.endsWith("_output")
                || type.startsWith("mcp_")
                || type.startsWith("compaction");
    }

    /**
     * Whether the provider is at work when such an item begins: with all but a message, reasoning, and calls for the
     * caller.
     */
    public static boolean isRun(String type) {
        return isKnown(type) && !type.equals("function_call") && !type.equals("custom_tool_call");
    }

    /** The tool's name; null for a tool that does not run on the caller's machine. */
    static String name(String type) {
        String name = type.replaceFirst("_call(_output)?$", "");
        return ACTIONS.containsKey(name) ? name : null;
    }

    /** An early form of the local shell's output has the call's id as its own. */
    static String callId(JsonNode item) {
        String id = JsonNodes.text(item, "call_id");
        return id == null ? JsonNodes.text(item, "id") : id;
    }

    /** What is to be done, or what came of it, as text. */
    static String told(JsonNode item) {
        String type = item.path("type").asText();
        return JsonNodes.jsonText(item.get(type.endsWith("_output") ? "output" : ACTIONS.get(name(type))));
    }
}
