package io.camelback.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.config.RoutingSettings;
import io.camelback.tokens.SampledTokenEstimate;
import io.camelback.tokens.TokenEstimate;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The score of docs/routing.md, by its formula: {@code min(files / 10, 1) * 3 + depth * 0.7 + min(tokens / 50000, 1)},
 * 10 at most.
 */
class RequestComplexityTest {
    private static final RoutingSettings SEED = RoutingSettings.DEFAULT;

    private static RequestComplexity score(RoutingSettings routing, ChatRequest request) {
        return new WeightedComplexityScorer(routing).score(request);
    }

    private static ChatRequestBuilder task(String type) {
        return ChatRequest.builder("auto").metadata("task_type", type);
    }

    /** Computed by hand from the formula and the map of docs/routing.md, premium being what is above 8. */
    @ParameterizedTest(name = "{0}, {1} files, {2} tokens: {3}, premium: {4}")
    @CsvSource({
        "parse, 0, 0, 0.7, false",
        "format, 1, 500, 1.01, false",
        "plan, 0, 2000, 2.14, false",
        "generate, 1, 1500, 3.83, false",
        "generate, 5, 10000, 5.2, false",
        "generate, 10, 50000, 7.5, false",
        "debug, 3, 8000, 5.96, false",
        "debug, 10, 25000, 8.4, true",
        "debug, 10, 9000, 8.08, true",
        "debug, 10, 5000, 8, false",
        "debug, 10, 5001, 8.00002, true",
        "refactor, 12, 30000, 9.2, true",
        "refactor, 8, 0, 8, false",
        "refactor, 8, 1, 8.00002, true",
        "refactor, 7, 20000, 8.1, true",
        "architecture, 0, 1000, 6.32, false",
        "architecture, 5, 5000, 7.9, false",
        "architecture, 6, 0, 8.1, true",
        "architecture, 10, 50000, 10, true",
        "architecture, 40, 500000, 10, true",
        "translate, 2, 3000, 4.16, false"
    })
    void is_the_seeds(String type, int files, int tokens, BigDecimal score, boolean premium) {
        RequestComplexity complexity = score(
                SEED,
                task(type)
                        .metadata("affected_files", String.valueOf(files))
                        .metadata("estimated_tokens", String.valueOf(tokens))
                        .build());

        assertThat(complexity.score()).isEqualByComparingTo(score);
        assertThat(complexity.score().compareTo(SEED.threshold()) > 0).isEqualTo(premium);
        assertThat(complexity.task()).isEqualTo(type);
    }

    @Test
    void of_a_request_that_says_nothing_is_that_of_a_task_nobody_knows() {
        RequestComplexity complexity = score(SEED, ChatRequest.of("auto", "hi"));

        assertThat(complexity.task()).isNull();
        assertThat(complexity.shown()).isEqualByComparingTo("3.5");
    }

    @Test
    void is_told_with_its_parts() {
        RequestComplexity complexity = score(
                SEED,
                task("debug")
                        .metadata("affected_files", "A.java, B.java, A.java")
                        .metadata("estimated_tokens", "8000")
                        .build());

        assertThat(complexity.parts())
                .extracting(part ->
                        part.name() + " " + part.points().stripTrailingZeros().toPlainString() + " " + part.why())
                .containsExactly(
                        "files 0.6 2 as said",
                        "reasoning 4.9 debug, as said: depth 7",
                        "length 0.16 8000 tokens, as said");
        assertThat(complexity.parts().stream()
                        .map(RequestComplexity.Part::points)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(complexity.score());
    }

    @Test
    void every_number_is_the_operators() {
        RoutingSettings.ScoringWeights scoring = new RoutingSettings.ScoringWeights(
                new BigDecimal(2),
                4,
                new BigDecimal("0.5"),
                BigDecimal.ONE,
                new BigDecimal(4),
                1_000,
                new BigDecimal(9));
        RoutingSettings own = new RoutingSettings(new BigDecimal(5), scoring, SEED.tasks(), SEED.fileEndings());

        assertThat(score(
                                own,
                                task("debug")
                                        .metadata("affected_files", "3")
                                        .metadata("estimated_tokens", "250")
                                        .build())
                        .score())
                .isEqualByComparingTo("6");
        assertThat(score(
                                own,
                                task("nap")
                                        .metadata("affected_files", "9")
                                        .metadata("estimated_tokens", "250")
                                        .build())
                        .score())
                .isEqualByComparingTo("3.5");
        assertThat(score(
                                own,
                                task("architecture")
                                        .metadata("affected_files", "9")
                                        .metadata("estimated_tokens", "9999")
                                        .build())
                        .score())
                .isEqualByComparingTo("9");
    }

    private static String prose(int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> i % 7 == 0 ? "ordinary" : i % 3 == 0 ? "word" : "of text,")
                .collect(Collectors.joining(" "));
    }

    @Test
    void a_long_request_is_sampled_and_that_is_near_enough() {
        ChatRequest request = ChatRequest.builder("auto")
                .message(Message.system(prose(4_000)))
                .message(Message.user(prose(9_000)))
                .build();
        SampledTokenEstimate length = SampledTokenEstimate.of(request);

        assertThat(length.exactly()).isFalse();
        assertThat(length.estimate())
                .isBetween(TokenEstimate.of(request) * 9 / 10, TokenEstimate.of(request) * 11 / 10);
        assertThat(length.count()).isEqualTo(TokenEstimate.of(request));
    }

    @Test
    void the_tokens_are_counted_when_the_threshold_hangs_on_them() {
        ChatRequest near = task("debug")
                .metadata("affected_files", "10")
                .message(Message.user(prose(2_700)))
                .build();
        ChatRequest far = task("plan").message(Message.user(prose(2_700))).build();
        long tokens = TokenEstimate.of(near);
        assertThat(tokens).isBetween(5_001L, 7_500L);

        assertThat(score(SEED, near).parts().get(2).why()).isEqualTo(tokens + " tokens");
        assertThat(score(SEED, near).score())
                .isEqualByComparingTo(
                        new BigDecimal("7.9").add(BigDecimal.valueOf(tokens).divide(BigDecimal.valueOf(50_000))));
        assertThat(score(SEED, far).parts().get(2).why()).startsWith("about ");
    }

    @Test
    void what_is_short_is_counted() {
        ChatRequest request = ChatRequest.of("auto", "Is the service up?");

        assertThat(SampledTokenEstimate.of(request).exactly()).isTrue();
        assertThat(SampledTokenEstimate.of(request).estimate()).isEqualTo(TokenEstimate.of(request));
        assertThat(SampledTokenEstimate.of(request).within(TokenEstimate.of(request)))
                .isTrue();
        assertThat(SampledTokenEstimate.of(request).within(TokenEstimate.of(request) - 1))
                .isFalse();
    }
}
