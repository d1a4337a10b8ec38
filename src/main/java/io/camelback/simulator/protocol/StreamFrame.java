package io.camelback.simulator.protocol;

/** One piece of a streamed answer: a server-sent event as it stands on the wire, and what it is for. */
public record StreamFrame(Kind kind, String text) {
    public enum Kind {
        /** Comes before anything is said. */
        OPENING,
        /** Holds tokens together, such as the start of a content block. */
        STRUCTURE,
        /** Says something: text, reasoning, or a fragment of a tool call. */
        TOKEN,
        /** Tells why the model stopped, and what was used. */
        FINISH,
        /** Marks the end of the stream. */
        TERMINATOR
    }

    public boolean token() {
        return kind == Kind.TOKEN;
    }
}
