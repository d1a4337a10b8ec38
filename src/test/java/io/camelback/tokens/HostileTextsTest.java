package io.camelback.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.classification.WeightedComplexityScorer;
import io.camelback.config.RoutingSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Megabytes of text that are chosen to keep the tokenizer or the scorer busy. */
@Tag("processor-time")
class HostileTextsTest {
    private static final Duration MOST = Duration.ofMillis(100);
    private static final int SIZE = 8 << 20;

    private static String random(int from, int to, int length) {
        return new Random(1)
                .ints(length, from, to)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("one word of any letters", 1, random('a', 'z' + 1, SIZE)),
                Arguments.of("one letter", 1, "a".repeat(SIZE)),
                Arguments.of("white space", 1, " ".repeat(SIZE)),
                Arguments.of("ends of lines", 1, "\r\n".repeat(SIZE / 2)),
                Arguments.of("Chinese without a space", 1, random(0x4e00, 0x9000, SIZE)),
                Arguments.of("marks on nothing", 1, random(0x300, 0x36f, SIZE)),
                Arguments.of("emoji", 1, random(0x1f300, 0x1f600, SIZE / 2)),
                Arguments.of("half characters", 1, "\ud800".repeat(SIZE)),
                Arguments.of("points and names", 1, "a.java.".repeat(SIZE / 7)),
                Arguments.of("long names of files", 1, ("a".repeat(199) + ".java(").repeat(SIZE / 205)),
                Arguments.of("traces of calls", 1, "\tat ".repeat(SIZE / 4)),
                Arguments.of("two thousand words of any letters", 2_000, random('a', 'z' + 1, 4_096)),
                Arguments.of("a hundred thousand short messages", 100_000, "hi there"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void texts(String name, int messages, String text) {
        ChatRequestBuilder builder = ChatRequest.builder("auto");
        for (int i = 0; i < messages; i++) {
            builder.message(Message.user(text));
        }
        ChatRequest request = builder.build();

        assertThat(least(() -> TokenEstimate.of(request))).as("counting tokens").isLessThan(MOST);
        WeightedComplexityScorer scorer = new WeightedComplexityScorer(RoutingSettings.DEFAULT);
        assertThat(least(() -> scorer.score(request))).as("scoring").isLessThan(MOST);
    }

    /** The processor time of the quickest of six: at first, Java compiles what it runs. */
    private static Duration least(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 6 && least > MOST.toNanos(); i++) {
            long begin = threads.getCurrentThreadCpuTime();
            work.run();
            least = Math.min(least, threads.getCurrentThreadCpuTime() - begin);
        }
        return Duration.ofNanos(least);
    }

    @Test
    void a_dense_text_behind_a_thin_one_is_counted_as_well() {
        String thin = " ".repeat(2 << 20);
        String dense = random(0x4e00, 0x9000, 2 << 20);
        ChatRequest both = ChatRequest.builder("m")
                .message(Message.user(thin))
                .message(Message.user(dense))
                .build();

        long apart = TokenEstimate.of(thin) + TokenEstimate.of(dense) + 2 * TokenEstimate.PER_MESSAGE;
        assertThat(TokenEstimate.of(both)).isCloseTo(apart, Percentage.withPercentage(25));
    }
}
