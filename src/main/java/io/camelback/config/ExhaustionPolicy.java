package io.camelback.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to a request when no link of its chain has answered.
 *
 * @param policy how far the chain goes
 * @param maxWait how long the request is held until a link may be asked again; zero unless the policy is to wait
 */
public record ExhaustionPolicy(Mode policy, Duration maxWait) {
    public static final ExhaustionPolicy DEFAULT = new ExhaustionPolicy(Mode.DEGRADE, Duration.ZERO);

    /** How far a chain goes. */
    public enum Mode {
        /** To the end of its YAML, cached and static answers included. */
        DEGRADE("degrade"),
        /** To its last model; then an error with {@code Retry-After}. */
        FAIL("fail"),
        /** To its last model; then the operator is told, and the request waits. */
        WAIT("notify-and-wait");

        public static final List<String> WORDS =
                Arrays.stream(values()).map(policy -> policy.word).toList();
        private final String word;

        Mode(String word) {
            this.word = word;
        }

        public static Mode of(String word) {
            return values()[WORDS.indexOf(word)];
        }
    }

    /** Whether cached and static answers are not to be given. */
    public boolean waitsForRecovery() {
        return policy != Mode.DEGRADE;
    }
}
