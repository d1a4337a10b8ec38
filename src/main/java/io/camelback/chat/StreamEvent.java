package io.camelback.chat;

import java.util.List;

/**
 * What a streamed answer consists of. {@code choice} is the index of the candidate, 0 unless several were asked for.
 */
public sealed interface StreamEvent {

    /** Content commits a stream to its provider; everything else may be held back and thrown away. */
    default boolean isContent() {
        return false;
    }

    /** The answer begins. @param id null when the provider gives none */
    record Started(String id, String model) implements StreamEvent {}

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
    record ThinkingSigned(int choice, String signature, String origin) implements StreamEvent {}

    /** A whole encrypted thinking block. */
    record ThinkingRedacted(int choice, String data, String origin) implements StreamEvent {
        @Override
        public boolean isContent() {
            return true;
        }
    }

    /**
     * A message begins, of several in one answer, as the Responses API has it.
     *
     * @param phase what it is for, e.g. {@code commentary}; null when the provider does not tell
     */
    record MessageStarted(int choice, String phase) implements StreamEvent {}

    /** A piece of a refusal in words. */
    record RefusalDelta(int choice, String text) implements StreamEvent {
        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }
    }

    /**
     * A tool call begins.
     *
     * @param call counts the calls of this answer from 0
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

    /** An image that the model has made. */
    record ImageShown(int choice, Part.Image image) implements StreamEvent {
        @Override
        public boolean isContent() {
            return true;
        }
    }

    /** What the text so far rests on; places are counted in the whole text of the choice. */
    record Cited(int choice, Citation citation) implements StreamEvent {}

    /** How likely the next tokens of the text were. Comes before the text itself. */
    record LogprobsDelta(int choice, List<TokenLogprob> tokens) implements StreamEvent {
        public LogprobsDelta {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * Content that only its own dialect has a word for, such as a search that the provider runs: callers of other
     * dialects are not told, but the model is at work and has begun to answer.
     *
     * @param part null while it is not whole
     */
    record OpaqueContent(int choice, Part.Opaque part) implements StreamEvent {
        /** Whether it is whole, and written in this dialect. */
        public boolean isOf(String dialect) {
            return part != null && dialect.equals(part.dialect());
        }

        @Override
        public boolean isContent() {
            return true;
        }
    }

    record Finished(int choice, FinishReason finish) implements StreamEvent {}

    /** The tokens so far. Later reports replace earlier ones. */
    record UsageReported(Usage usage) implements StreamEvent {}
}
