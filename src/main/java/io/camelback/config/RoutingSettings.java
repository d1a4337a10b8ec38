package io.camelback.config;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the gateway scores requests, determines their task type, and when it routes them straight to premium.
 *
 * @param threshold a score above this, not equal to it, is for premium
 * @param tasks the kinds of tasks by name, in the order of the file
 * @param fileEndings what tells a file's name from other words with a dot, in lower case and without the dot
 */
public record RoutingSettings(
        BigDecimal threshold, ScoringWeights scoring, Map<String, TaskType> tasks, Set<String> fileEndings) {

    /**
     * What holds where the file says nothing: the formula, the map and the threshold of docs/routing.md, and no
     * lexicon.
     */
    public static final RoutingSettings DEFAULT =
            new RoutingSettings(new BigDecimal(8), ScoringWeights.DEFAULT, seed(), Set.of());

    public RoutingSettings {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        fileEndings = Set.copyOf(fileEndings);
    }

    private static Map<String, TaskType> seed() {
        Map<String, TaskType> tasks = new LinkedHashMap<>();
        for (String entry : "parse=1 format=1 plan=3 generate=5 debug=7 refactor=8 architecture=9".split(" ")) {
            String[] parts = entry.split("=");
            tasks.put(parts[0], TaskType.of(parts[0], new BigDecimal(parts[1])));
        }
        return tasks;
    }

    /**
     * The score's formula: points for files, the depth of reasoning times its weight, points for length, and a limit
     * for all.
     *
     * @param filePoints the most that files can add; so many are added from {@code filesFull} files on
     * @param depthWeight what a task's depth is multiplied with
     * @param unknownDepth the depth of a task that nobody knows
     * @param lengthPoints the most that length can add; so many are added from {@code lengthFull} tokens on
     * @param most the highest score there is
     */
    public record ScoringWeights(
            BigDecimal filePoints,
            int filesFull,
            BigDecimal depthWeight,
            BigDecimal unknownDepth,
            BigDecimal lengthPoints,
            int lengthFull,
            BigDecimal most) {
        /** The formula of docs/routing.md. */
        public static final ScoringWeights DEFAULT = new ScoringWeights(
                new BigDecimal(3),
                10,
                new BigDecimal("0.7"),
                new BigDecimal(5),
                BigDecimal.ONE,
                50_000,
                BigDecimal.TEN);
    }
}
