package io.camelback.quality;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Finish;
import io.camelback.chat.Part;
import io.camelback.config.QualitySettings;
import java.util.List;
import java.util.Optional;

/**
 * The quality floor of a chain: what an answer must be to count. It keeps count of how often another model was asked, so that a
 * check that nothing passes cannot double the bill. Thread-safe.
 */
public final class Floor {
    /** How many may be asked again before the share counts, and the most that are saved up. */
    private static final double RESERVE = 5;

    private final QualitySettings settings;
    private double allowed = RESERVE;

    public Floor(QualitySettings settings) {
        this.settings = settings;
    }

    /** Whether answers to this request are looked at; then a stream of them must be held until its end. */
    public boolean appliesTo(ChatRequest request) {
        return settings.appliesTo(request);
    }

    /** What the answer misses, in words that repeat nothing of it; empty when it is good enough. */
    public Optional<String> miss(ChatRequest request, ChatAnswer answer) {
        return answer.choices().stream().flatMap(choice -> miss(request, choice).stream()).findFirst();
    }

    private Optional<String> miss(ChatRequest request, ChatAnswer.Choice choice) {
        List<Part> parts = choice.parts();
        if (choice.finish().reason() == Finish.Reason.CONTENT_FILTER || parts.stream().anyMatch(Part.Refusal.class::isInstance)) {
            return settings.refusals() ? Optional.of("a refusal") : Optional.empty();
        }
        if (parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
            return Optional.empty();
        }
        String text = Part.text(parts, "").strip();
        if (text.codePointCount(0, text.length()) < settings.minLength()) {
            return Optional.of("shorter than " + settings.minLength() + " characters");
        }
        if (settings.pattern() != null && !settings.pattern().matcher(text).find()) {
            return Optional.of("the pattern is not found");
        }
        return settings.jsonSchema() ? StructuredOutput.miss(request.format(), text) : Optional.empty();
    }

    /** A request has come whose answers are looked at. */
    public synchronized void asked() {
        allowed = Math.min(RESERVE, allowed + settings.share() / 100.0);
    }

    /** Whether another model may be asked for better; counts as done. */
    public synchronized boolean mayEscalate() {
        if (allowed < 1) {
            return false;
        }
        allowed--;
        return true;
    }
}
