package io.camelback.config;

import java.time.Duration;

/**
 * What becomes of answers to requests with an {@code Idempotency-Key}.
 *
 * @param keep           how long they are given again
 * @param maxAnswerBytes longer ones are not kept: whoever sends the request again is told so
 */
public record Idempotency(Duration keep, long maxAnswerBytes) {
    public static final Idempotency DEFAULT = new Idempotency(Duration.ofHours(24), 8L << 20);
    private static final int LEAST = 1 << 10;
    private static final int MOST = 64 << 20;

    static Idempotency read(Section section) {
        section.only("keep", "max-answer");
        return new Idempotency(section.read("keep", Units::timer, DEFAULT.keep()),
                section.read("max-answer", Units.size(LEAST, MOST), DEFAULT.maxAnswerBytes()));
    }
}
