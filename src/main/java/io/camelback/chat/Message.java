package io.camelback.chat;

import java.util.List;

/**
 * One message of a conversation.
 *
 * @param name the participant's name, which only OpenAI's dialect knows; null when not said
 */
public record Message(Role role, List<Part> parts, String name) {

    /** Who speaks. {@code TOOL} messages hold tool results and nothing else. */
    public enum Role {
        SYSTEM,
        DEVELOPER,
        USER,
        ASSISTANT,
        TOOL
    }

    public Message {
        parts = List.copyOf(parts);
    }

    public Message(Role role, List<Part> parts) {
        this(role, parts, null);
    }

    public static Message system(String text) {
        return new Message(Role.SYSTEM, List.of(new Part.Text(text)));
    }

    public static Message user(String text) {
        return new Message(Role.USER, List.of(new Part.Text(text)));
    }

    public static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    public static Message toolResult(String callId, String text) {
        return new Message(Role.TOOL, List.of(new Part.ToolResult(callId, null, List.of(new Part.Text(text)), false)));
    }

    /** The text parts of this turn, joined by {@code separator}; empty when there are none. */
    public String text(String separator) {
        return Part.text(parts, separator);
    }
}
