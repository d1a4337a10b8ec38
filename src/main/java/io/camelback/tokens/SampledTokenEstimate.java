package io.camelback.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates the tokens of a request from samples, no more exactly than needed. Only {@link #count()} reads it all. For
 * one thread at a time.
 */
public final class SampledTokenEstimate {
    /** So many characters are counted exactly; of more, as many in several pieces. */
    private static final int SAMPLE = 480;

    private static final int PIECES = 4;

    private final ChatRequest request;
    private final List<String> texts = new ArrayList<>();
    private long characters;
    private long others;
    private long estimate = -1;
    private boolean exactly;

    private SampledTokenEstimate(ChatRequest request) {
        this.request = request;
        for (Message message : request.messages()) {
            others += TokenEstimate.PER_MESSAGE;
            add(message.parts());
        }
        for (Tool tool : request.tools()) {
            add(tool.name());
            add(tool.description());
            characters += characters(tool.parameters());
        }
    }

    public static SampledTokenEstimate of(ChatRequest request) {
        return new SampledTokenEstimate(request);
    }

    private void add(List<Part> parts) {
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                add(text.text());
            } else if (part instanceof Part.ToolCall call) {
                add(call.name());
                add(call.arguments());
            } else if (part instanceof Part.ToolResult result) {
                add(result.content());
            } else if (part instanceof Part.Thinking thinking) {
                add(thinking.text());
            } else if (part instanceof Part.Refusal refusal) {
                add(refusal.text());
            } else {
                others += TokenEstimate.of(part);
            }
        }
    }

    private void add(String text) {
        if (text != null && !text.isEmpty()) {
            texts.add(text);
            characters += text.length();
        }
    }

    /** About as many as the tree has as text, without writing it. */
    private static long characters(JsonNode node) {
        if (node == null) {
            return 0;
        }
        if (!node.isContainerNode()) {
            return node.isTextual() ? node.textValue().length() + 3 : 5;
        }
        long sum = 2;
        var fields = node.fieldNames();
        while (fields.hasNext()) {
            sum += fields.next().length() + 3;
        }
        for (JsonNode child : node) {
            sum += characters(child) + 1;
        }
        return sum;
    }

    /** About how many tokens; exact for a short request without tools. */
    public long estimate() {
        if (estimate < 0) {
            estimate = others + sampled();
        }
        return estimate;
    }

    private long sampled() {
        if (characters <= SAMPLE) {
            exactly = true;
            return TokenEstimate.of(request) - others;
        }
        long counted = 0;
        long tokens = 0;
        int length = SAMPLE / PIECES;
        for (int piece = 0; piece < PIECES; piece++) {
            String sample = at(characters * piece / PIECES, length);
            counted += sample.length();
            tokens += TokenEstimate.of(sample);
        }
        return counted == 0 ? characters / 4 : tokens * characters / counted;
    }

    /** Up to so many characters from one of the texts, as if all stood one behind the other. */
    private String at(long position, int length) {
        long left = position;
        for (String text : texts) {
            if (left < text.length()) {
                int from = (int) left;
                return text.substring(from, Math.min(text.length(), from + length));
            }
            left -= text.length();
        }
        return "";
    }

    /** The tokens as the tokenizer counts them: some milliseconds for a long request, the first time. */
    public long count() {
        if (!exactly) {
            estimate = TokenEstimate.of(request);
            exactly = true;
        }
        return estimate;
    }

    /** Whether {@link #estimate()} is the tokenizer's own count. */
    public boolean exactly() {
        estimate();
        return exactly;
    }

    /** No less than there are, without asking the tokenizer. */
    public long most() {
        // No tokenizer makes two of a character, but for the rarest.
        return exactly ? estimate : characters * 2 + others;
    }

    /** Whether it is surely no longer than that; counts only when it comes close. */
    public boolean within(long tokens) {
        return most() <= tokens || estimate() * 2 <= tokens || count() <= tokens;
    }
}
