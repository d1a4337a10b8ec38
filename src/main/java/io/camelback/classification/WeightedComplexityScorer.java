package io.camelback.classification;

import io.camelback.chat.ChatRequest;
import io.camelback.classification.RequestComplexity.Part;
import io.camelback.config.RoutingSettings;
import io.camelback.config.TaskType;
import io.camelback.tokens.SampledTokenEstimate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The default scorer (docs/routing.md): points for the files it is about, the reasoning depth of its task and its
 * length, up to a limit. What the caller says counts ({@code x-camelback-task}, {@code x-camelback-files}, or
 * {@code task_type}, {@code affected_files} and {@code estimated_tokens} in the metadata); the rest is read from the
 * request.
 *
 * <p>Exact where it matters: the length is estimated from a sample, because a tokenizer would take milliseconds for at
 * most one point, and counted only when the threshold lies between what it may be.
 */
public final class WeightedComplexityScorer implements ComplexityScorer {
    /** Finer than any part can be: one token of 50,000 is two hundred-thousandths of a point. */
    private static final int DECIMALS = 8;
    /** A sample tells the length to within a third, unless the text is very uneven. */
    private static final int THIRD = 3;

    private final RoutingSettings routing;
    private final TaskClassifier tasks;
    private final FileMentionCounter fileNames;

    public WeightedComplexityScorer(RoutingSettings routing) {
        this.routing = routing;
        this.tasks = new TaskClassifier(routing);
        this.fileNames =
                new FileMentionCounter(routing.fileEndings(), routing.scoring().filesFull());
    }

    @Override
    public RequestComplexity score(ChatRequest request) {
        TaskClassifier.Found found = tasks.classify(request);
        Part files = files(request);
        Part reasoning = reasoning(found);
        BigDecimal rest = files.points().add(reasoning.points());
        Part length = length(request, rest);
        BigDecimal score = rest.add(length.points()).min(routing.scoring().most());
        return new RequestComplexity(score.stripTrailingZeros(), found.task(), List.of(files, reasoning, length));
    }

    private Part files(ChatRequest request) {
        FileMentionCounter.Count count = fileNames.count(request);
        return new Part(
                "files",
                share(
                        count.files(),
                        routing.scoring().filesFull(),
                        routing.scoring().filePoints()),
                count.why());
    }

    private Part reasoning(TaskClassifier.Found found) {
        TaskType task = routing.tasks().get(found.task());
        boolean known = task != null && task.depth() != null;
        BigDecimal depth = known ? task.depth() : routing.scoring().unknownDepth();
        String what = found.task() == null ? "no task known" : found.task() + ", " + found.why();
        return new Part(
                "reasoning",
                depth.multiply(routing.scoring().depthWeight()),
                what + ": depth " + depth.toPlainString() + (known ? "" : ", as for any task not in the table"));
    }

    private Part length(ChatRequest request, BigDecimal rest) {
        RoutingSettings.ScoringWeights scoring = routing.scoring();
        Long said = said(request);
        if (said != null) {
            return length(said, said + " tokens, as said");
        }
        SampledTokenEstimate length = SampledTokenEstimate.of(request);
        long about = length.estimate();
        boolean hangsOnIt = !length.exactly()
                && about - about / THIRD < scoring.lengthFull()
                && above(rest, about - about / THIRD) != above(rest, about + about / 2);
        long tokens = hangsOnIt ? length.count() : about;
        return length(tokens, (length.exactly() ? "" : "about ") + tokens + " tokens");
    }

    private boolean above(BigDecimal rest, long tokens) {
        return rest.add(length(tokens, "").points()).compareTo(routing.threshold()) > 0;
    }

    private Part length(long tokens, String why) {
        return new Part(
                "length",
                share(tokens, routing.scoring().lengthFull(), routing.scoring().lengthPoints()),
                why);
    }

    private static Long said(ChatRequest request) {
        String tokens = request.metadata().getOrDefault("estimated_tokens", "").trim();
        return tokens.matches("\\d{1,9}") ? Long.valueOf(tokens) : null;
    }

    /** The part of the points that so many deserve: all of them from {@code full} on. */
    private static BigDecimal share(long count, int full, BigDecimal points) {
        return count >= full
                ? points
                : points.multiply(BigDecimal.valueOf(count))
                        .divide(BigDecimal.valueOf(full), DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
    }
}
