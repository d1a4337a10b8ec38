package io.camelback.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;

/** One part of a message or of an answer. */
public sealed interface Part {

    record Text(String text) implements Part {}

    /** @param detail OpenAI's {@code low}, {@code high} or {@code auto}; null when not said */
    record Image(Media media, String detail) implements Part {}

    /** A PDF or text file. @param name the file's name; null when not said */
    record Document(Media media, String name) implements Part {}

    /** @param format {@code wav}, {@code mp3}, … */
    record Audio(Media media, String format) implements Part {}

    /**
     * The model asks for a tool.
     *
     * @param arguments the arguments as JSON text, exactly as the model wrote it: it may be empty or broken
     * @param signature what the provider wants back with this call (Gemini's {@code thoughtSignature}); null when none
     */
    record ToolCall(String id, String name, String arguments, String signature) implements Part {
        public ToolCall(String id, String name, String arguments) {
            this(id, name, arguments, null);
        }
    }

    /** @param name the tool's name, which Gemini wants; null when the caller did not say it */
    record ToolResult(String callId, String name, List<Part> content, boolean error) implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /**
     * The model's reasoning.
     *
     * @param text empty when the provider shows none
     * @param signature proof the provider wants back unchanged; null when none
     * @param redacted an encrypted block (Anthropic's {@code redacted_thinking}); null when the text is readable
     * @param origin the dialect the signature or the encrypted block belongs to; null when unknown
     */
    record Thinking(String text, String signature, String redacted, String origin) implements Part {}

    /** The model declines, in words. */
    record Refusal(String text) implements Part {}

    /**
     * The end of a prefix that is worth caching: all that stands before it (docs/wire-formats.md 1.8). In the content
     * of a tool's result it means the whole result.
     *
     * @param ttl how long, {@code 5m} or {@code 1h}; null when not said
     */
    record CacheMark(String ttl) implements Part {}

    /**
     * A piece of an answer that only its own dialect has a word for, such as a search that the provider ran. Read only.
     *
     * @param dialect the dialect it is written in
     */
    record Opaque(String dialect, ObjectNode node) implements Part {}

    /** Where the bytes of an image, a file or a sound are. */
    sealed interface Media {
        record Url(String url) implements Media {}

        /** @param data standard base64 with padding */
        record Inline(String mediaType, String data) implements Media {}

        /** A file stored at one provider, of no use to another. */
        record FileId(String dialect, String id) implements Media {}
    }

    /** Whether a part of this kind is among them. */
    static boolean any(List<Part> parts, Class<? extends Part> kind) {
        for (Part part : parts) {
            if (kind.isInstance(part)) {
                return true;
            }
        }
        return false;
    }

    /** The text parts, joined; empty when there are none. */
    static String text(List<Part> parts, String separator) {
        if (parts.size() == 1 && parts.get(0) instanceof Text only) {
            return only.text();
        }
        StringJoiner texts = new StringJoiner(separator);
        for (Part part : parts) {
            if (part instanceof Text text) {
                texts.add(text.text());
            }
        }
        return texts.toString();
    }
}
