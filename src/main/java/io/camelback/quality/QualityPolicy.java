package io.camelback.quality;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.config.QualitySettings;
import java.time.Duration;
import java.util.List;

/**
 * The quality check of a chain. It keeps count of how often another model was asked, so that a check that nothing
 * passes cannot double the bill. Thread-safe.
 */
public final class QualityPolicy {
    /** How many may be asked again before the share counts, and the most that are saved up. */
    private static final double RESERVE = 5;

    private final QualitySettings settings;
    private double allowed = RESERVE;

    public QualityPolicy(QualitySettings settings) {
        this.settings = settings;
    }

    /** Whether answers to this request are looked at; then a stream of them must be held until its end. */
    public boolean appliesTo(ChatRequest request) {
        return settings.appliesTo(request);
    }

    /** Whether a check may take more than a moment: then it is for a {@link CheckPool}. */
    public boolean takesWork() {
        return settings.pattern() != null || settings.jsonSchema();
    }

    /** What a check may take of a processor. */
    public Duration deadline() {
        return settings.deadline();
    }

    /** What the answer is worth: the worst of its choices decides. */
    public QualityVerdict judge(ChatRequest request, ChatAnswer answer, WorkBudget budget) {
        QualityVerdict worst = QualityVerdict.PASSED;
        for (ChatAnswer.Choice choice : answer.choices()) {
            QualityVerdict verdict = judge(request, choice, budget);
            worst = verdict.outcome().compareTo(worst.outcome()) > 0 ? verdict : worst;
        }
        return worst;
    }

    private QualityVerdict judge(ChatRequest request, ChatAnswer.Choice choice, WorkBudget budget) {
        List<Part> parts = choice.parts();
        if (choice.finish().reason() == FinishReason.Kind.CONTENT_FILTER
                || parts.stream().anyMatch(Part.Refusal.class::isInstance)) {
            return settings.refusals() ? QualityVerdict.missed("a refusal") : QualityVerdict.PASSED;
        }
        if (parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
            return QualityVerdict.PASSED;
        }
        String text = Part.text(parts, "").strip();
        if (shorter(text, settings.minLength())) {
            return QualityVerdict.missed("shorter than " + settings.minLength() + " characters");
        }
        try {
            if (settings.pattern() != null && !settings.pattern().isIn(text, budget::spend)) {
                return QualityVerdict.missed("the pattern is not found");
            }
            return settings.jsonSchema()
                    ? StructuredOutputCheck.judge(request.format(), text, budget)
                    : QualityVerdict.PASSED;
        } catch (NotJudgedException e) {
            return QualityVerdict.unjudged(e.getMessage());
        }
    }

    /** No character is more than two of Java's, so of a long text nothing need be counted. */
    private static boolean shorter(String text, int characters) {
        return text.length() < characters * 2L && text.codePointCount(0, text.length()) < characters;
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
