package io.camelback.protocol.support;

import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes every tool call be answered exactly once and at once, as OpenAI demands (docs/wire-formats.md, traps 4 and 6):
 * results that came late or scattered move up, missing ones are made, the last of several counts, and those without a
 * call become the user's text.
 */
public final class ToolTurns {
    private final List<Message> repaired = new ArrayList<>();

    private ToolTurns() {}

    /** The conversation with each call answered, results named after their calls. */
    public static List<Message> repair(List<Message> messages) {
        ToolTurns turns = new ToolTurns();
        int i = 0;
        while (i < messages.size()) {
            int end = i + 1;
            boolean assistant = messages.get(i).role() == Role.ASSISTANT;
            while (assistant && end < messages.size() && messages.get(end).role() != Role.ASSISTANT) {
                end++;
            }
            if (assistant) {
                turns.repair(messages.get(i), messages.subList(i + 1, end));
            } else {
                turns.keep(messages.get(i), Map.of());
            }
            i = end;
        }
        return turns.repaired;
    }

    private void repair(Message assistant, List<Message> following) {
        repaired.add(assistant);
        Map<String, Part.ToolResult> results = new HashMap<>();
        List<Part> answers = new ArrayList<>();
        for (Part part : assistant.parts()) {
            if (part instanceof Part.ToolCall call) {
                results.put(
                        call.id(),
                        new Part.ToolResult(call.id(), call.name(), List.of(new Part.Text("(no result)")), false));
            }
        }
        for (Message message : following) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result && results.containsKey(result.callId())) {
                    results.put(result.callId(), result);
                }
            }
        }
        for (Part part : assistant.parts()) {
            if (part instanceof Part.ToolCall call) {
                answers.add(named(results.get(call.id()), call.name()));
            }
        }
        if (!answers.isEmpty()) {
            repaired.add(new Message(Role.TOOL, answers));
        }
        following.forEach(message -> keep(message, results));
    }

    private static Part.ToolResult named(Part.ToolResult result, String name) {
        return new Part.ToolResult(result.callId(), name, result.content(), result.error());
    }

    /** The message without the results that were placed. */
    private void keep(Message message, Map<String, Part.ToolResult> placed) {
        if (!message.parts().isEmpty() && !Part.any(message.parts(), Part.ToolResult.class)) {
            repaired.add(message);
            return;
        }
        List<Part> parts = new ArrayList<>();
        boolean orphans = false;
        for (Part part : message.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                parts.add(part);
            } else if (!placed.containsKey(result.callId())) {
                orphans = true;
                parts.add(new Part.Text("Result of an earlier tool call:"));
                parts.addAll(result.content());
            }
        }
        if (!parts.isEmpty()) {
            repaired.add(new Message(orphans ? Role.USER : message.role(), parts, message.name()));
        }
    }
}
