package io.camelback.protocol.anthropic.provider;

import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.protocol.anthropic.AnthropicIds;
import io.camelback.protocol.support.UniqueIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a history obey Anthropic's rule of tools: a turn with calls is followed at once by one turn that answers each
 * of them exactly once, and no id is used twice. Clients truncate, reorder and repeat results; Anthropic answers all of
 * that with a 400 (docs/wire-formats.md, traps 4 to 6).
 *
 * <p>In the result every assistant message with calls is followed by one {@code TOOL} message with its results, in the
 * order of the calls and under the ids to be sent; no other message holds results.
 */
final class AnthropicToolRepair {
    private static final Part NO_RESULT = new Part.Text("(no result)");

    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, List<Call>> open = new HashMap<>();
    private final UniqueIds usedIds = new UniqueIds();
    private Role previous;

    private AnthropicToolRepair() {}

    static List<Message> repair(List<Message> history) {
        AnthropicToolRepair repair = new AnthropicToolRepair();
        for (Message message : history) {
            if (message.role() == Role.ASSISTANT) {
                repair.addAssistant(message);
            } else {
                repair.addOther(message);
            }
            repair.previous = message.role();
        }
        List<Message> repaired = new ArrayList<>();
        repair.turns.forEach(turn -> turn.writeTo(repaired));
        return repaired;
    }

    /** Turns that follow each other become one, unless both have calls: these may have been two steps. */
    private void addAssistant(Message message) {
        boolean calls = Part.any(message.parts(), Part.ToolCall.class);
        if (previous != Role.ASSISTANT || calls && !last().calls.isEmpty()) {
            turns.add(new Turn(Role.ASSISTANT));
        }
        Map<String, List<Call>> opened = new HashMap<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall asked) {
                Call call = new Call(asked, AnthropicIds.unused(asked.id(), usedIds));
                opened.computeIfAbsent(key(asked.id()), id -> new ArrayList<>()).add(call);
                last().calls.add(call);
                last().parts.add(new Part.ToolCall(call.wireId, asked.name(), asked.arguments(), asked.signature()));
            } else {
                last().parts.add(part);
            }
        }
        open.putAll(opened);
    }

    private void addOther(Message message) {
        List<Part> rest = new ArrayList<>();
        for (Part part : message.parts()) {
            if (!(part instanceof Part.ToolResult result)) {
                rest.add(part);
            } else if (!answer(result)) {
                rest.add(new Part.Text((result.error() ? "Error" : "Result") + " of an earlier call of "
                        + (result.name() == null ? "a tool" : result.name()) + ":"));
                rest.addAll(result.content());
            }
        }
        if (!rest.isEmpty()) {
            Turn turn = new Turn(message.role() == Role.TOOL ? Role.USER : message.role());
            turn.parts.addAll(rest);
            turns.add(turn);
        }
    }

    /** Answers the first call of this id without a result; where all have one, the last result counts. */
    private boolean answer(Part.ToolResult result) {
        List<Call> calls = open.get(key(result.callId()));
        if (calls == null) {
            return false;
        }
        unanswered(calls).result = result;
        return true;
    }

    private static Call unanswered(List<Call> calls) {
        for (Call call : calls) {
            if (call.result == null) {
                return call;
            }
        }
        return calls.get(calls.size() - 1);
    }

    private Turn last() {
        return turns.get(turns.size() - 1);
    }

    private static String key(String id) {
        return id == null ? "" : id;
    }

    private static final class Turn {
        private final Role role;
        private final List<Part> parts = new ArrayList<>();
        private final List<Call> calls = new ArrayList<>();

        private Turn(Role role) {
            this.role = role;
        }

        private void writeTo(List<Message> messages) {
            messages.add(new Message(role, parts));
            List<Part> results = new ArrayList<>();
            calls.forEach(call -> results.add(call.sentResult()));
            if (!results.isEmpty()) {
                messages.add(new Message(Role.TOOL, results));
            }
        }
    }

    private static final class Call {
        private final Part.ToolCall asked;
        private final String wireId;
        private Part.ToolResult result;

        private Call(Part.ToolCall asked, String wireId) {
            this.asked = asked;
            this.wireId = wireId;
        }

        private Part sentResult() {
            return result == null
                    ? new Part.ToolResult(wireId, asked.name(), List.of(NO_RESULT), false)
                    : new Part.ToolResult(wireId, asked.name(), result.content(), result.error());
        }
    }
}
