package io.camelback.protocol.support;

import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes every tool call be answered exactly once and at once, as OpenAI demands (docs/wire-formats.md, traps 4 and 6):
 * results that came late or scattered move up, missing ones are made, the last of several counts, and those without a
 * call become the user's text. No id is used twice.
 */
public final class ToolTurns {
    private final List<Message> repaired = new ArrayList<>();
    private final UniqueIds ids = new UniqueIds();

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
                turns.keep(messages.get(i), Set.of());
            }
            i = end;
        }
        return turns.repaired;
    }

    private void repair(Message assistant, List<Message> following) {
        List<Part> said = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        Map<String, List<Call>> byId = new HashMap<>();
        for (Part part : assistant.parts()) {
            if (part instanceof Part.ToolCall asked) {
                Call call = new Call(asked, ids.of(asked.id()));
                calls.add(call);
                byId.computeIfAbsent(asked.id(), id -> new ArrayList<>()).add(call);
                said.add(new Part.ToolCall(call.id, asked.name(), asked.arguments(), asked.signature()));
            } else {
                said.add(part);
            }
        }
        repaired.add(calls.isEmpty() ? assistant : new Message(assistant.role(), said, assistant.name()));
        for (Message message : following) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result && byId.containsKey(result.callId())) {
                    answer(byId.get(result.callId()), result);
                }
            }
        }
        if (!calls.isEmpty()) {
            repaired.add(new Message(Role.TOOL, calls.stream().map(Call::answer).toList()));
        }
        following.forEach(message -> keep(message, byId.keySet()));
    }

    /** Of calls with one id the first without a result; where all have one, the last result counts. */
    private static void answer(List<Call> calls, Part.ToolResult result) {
        Call answered = calls.get(calls.size() - 1);
        for (Call call : calls) {
            if (call.result == null) {
                answered = call;
                break;
            }
        }
        answered.result = result;
    }

    /** One call, under the id that is sent. */
    private static final class Call {
        private final Part.ToolCall asked;
        private final String id;
        private Part.ToolResult result;

        private Call(Part.ToolCall asked, String id) {
            this.asked = asked;
            this.id = id;
        }

        private Part answer() {
            return result == null
                    ? new Part.ToolResult(id, asked.name(), List.of(new Part.Text("(no result)")), false)
                    : new Part.ToolResult(id, asked.name(), result.content(), result.error());
        }
    }

    /** The message without the results that were placed. */
    private void keep(Message message, Set<String> placed) {
        if (!message.parts().isEmpty() && !Part.any(message.parts(), Part.ToolResult.class)) {
            repaired.add(message);
            return;
        }
        List<Part> parts = new ArrayList<>();
        boolean orphans = false;
        for (Part part : message.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                parts.add(part);
            } else if (!placed.contains(result.callId())) {
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
