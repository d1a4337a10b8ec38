package io.camelback.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How near the estimate is to the tokenizer, and that it is one for every text. */
class TokenEstimateTest {
    private static final Encoding TOKENIZER =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private static String prose(int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> "Line " + i * 7919 % 10_007 + " of a log, with some words in it; 你好, Grüße 🐪!\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest(name = "{0} lines")
    @ValueSource(ints = {1, 50, 5_000})
    void is_the_tokenizers_count_within_half_a_percent(int lines) {
        String text = prose(lines);

        assertThat(TokenEstimate.of(text))
                .isCloseTo(TOKENIZER.countTokensOrdinary(text), Percentage.withPercentage(0.5));
    }

    @Test
    void of_megabytes_a_part_is_counted() {
        String text = prose(60_000);

        assertThat(text.length()).isGreaterThan(3 << 20);
        assertThat(TokenEstimate.of(text)).isCloseTo(TOKENIZER.countTokensOrdinary(text), Percentage.withPercentage(2));
    }

    /** As one piece, each of these takes the tokenizer gigabytes. */
    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"x", "é", " ", "\n", "世"})
    void a_word_of_eight_million_letters_is_counted_like_one_of_four_thousand(String letter) {
        long few = TokenEstimate.of(letter.repeat(4 << 10));

        assertThat(TokenEstimate.of(letter.repeat(8 << 20))).isEqualTo(few * 2048);
    }
}
