package io.camelback.chat;

/** What a streamed answer consists of. {@code choice} is the index of the candidate, 0 unless several were asked for. */
public sealed interface StreamEvent {

    /** Content commits a stream to its provider; everything else may be held back and thrown away. */
    default boolean isContent() {
        return false;
    }

    /** The answer begins. @param id null when the provider gives none */
    record Started(String id, String model) implements StreamEvent { }

    record TextDelta(int choice, String text) implements StreamEvent {
        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }
    }

    record ThinkingDelta(int choice, String text) implements StreamEvent {
        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }
    }

    /** The signature of the thinking so far, whole, in the dialect it belongs to. */
    record ThinkingSigned(int choice, String signature, String origin) implements StreamEvent { }

    /** A whole encrypted thinking block. */
    record ThinkingRedacted(int choice, String data, String origin) implements StreamEvent {
        @Override
        public boolean isContent() {
            return true;
        }
    }

    record RefusalDelta(int choice, String text) implements StreamEvent {
        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }
    }

    /**
     * A tool call begins.
     *
     * @param call      counts the calls of this answer from 0
     * @param signature see {@link Part.ToolCall#signature()}
     */
    record ToolCallStarted(int choice, int call, String id, String name, String signature) implements StreamEvent {
        @Override
        public boolean isContent() {
            return true;
        }
    }

    /** More of a call's arguments: a piece of JSON text, not JSON by itself. */
    record ToolCallDelta(int choice, int call, String arguments) implements StreamEvent {
        @Override
        public boolean isContent() {
            return !arguments.isEmpty();
        }
    }

    record Finished(int choice, Finish finish) implements StreamEvent { }

    /** The tokens so far. Later reports replace earlier ones. */
    record UsageReported(Usage usage) implements StreamEvent { }
}
