package io.camelback.quality;

import static io.camelback.quality.HostileCheckTexts.ANY;
import static io.camelback.quality.HostileCheckTexts.MISSED;
import static io.camelback.quality.HostileCheckTexts.PASSED;
import static io.camelback.quality.HostileCheckTexts.UNJUDGED;
import static io.camelback.quality.HostileCheckTexts.fields;
import static io.camelback.quality.HostileCheckTexts.nested;
import static io.camelback.quality.HostileCheckTexts.string;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Patterns that are chosen to take a processor for ever. */
final class HostilePatternCases {
    private HostilePatternCases() {}

    private static Arguments pattern(String name, String pattern, String text, QualityVerdict.Outcome outcome) {
        return Arguments.of(name, "{\"pattern\":" + string(pattern) + "}", string(text), outcome);
    }

    static Stream<Arguments> patterns() {
        String many = "a".repeat(100_000);
        return Stream.of(
                pattern("a back-reference", "^(a*)*\\1$", "a".repeat(40), UNJUDGED),
                pattern("look-ahead", "^(?=(a+)+$)", many, UNJUDGED),
                pattern("nested repetition", "^(a+)+$", many + "!", MISSED),
                pattern("nested repetition with a neighbour", "(x+x+)+y", "x".repeat(20_000), MISSED),
                pattern("overlapping groups", "^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(50_000), MISSED),
                pattern("alternatives that are equal", "^(a|a)*$", many + "b", MISSED),
                pattern("choices that read nothing", "^" + "(?:|)".repeat(60) + "$", "a", MISSED),
                pattern("nothing, two thousand million times", "(?:){2147483647}b", "aaaa", UNJUDGED),
                pattern(
                        "nothing, a thousand million times, nested",
                        "(?:(?:(?:){1000}){1000}){1000}b",
                        "aaaa",
                        UNJUDGED),
                pattern("repetitions that multiply", "((a{100}){100}){100}", "a".repeat(40), UNJUDGED),
                pattern(
                        "repetitions that multiply to what memory has not",
                        "(((a{1000}){1000}){1000}){1000}",
                        "a",
                        UNJUDGED),
                pattern("repetitions behind a bracket in a class", "[(]((a{900}){900}[)])", "a", UNJUDGED),
                pattern("repetitions behind an escaped bracket", "\\)((a{900}){900})", "a", UNJUDGED),
                pattern("a wide window over a long text", ".{1,1000}$", "a".repeat(1_000_000) + "\n", ANY),
                pattern("a window in a window", "(?:[^\\n]{10,900})z", "a".repeat(1_000_000), ANY),
                pattern("five of anything", "(.*)(.*)(.*)(.*)(.*)x", "a".repeat(1_000_000), ANY),
                pattern("brackets in brackets", nested("(", "a", ")", 4_000), "a", UNJUDGED),
                pattern("a hundred thousand brackets", nested("(", "a", ")", 100_000), "a", UNJUDGED),
                pattern("a megabyte of alternatives", "a|b|".repeat(250_000), "c", UNJUDGED),
                pattern(
                        "large sets of letters whose case is folded",
                        "(?i)[" + "\\pL".repeat(3_000) + "]",
                        "1",
                        UNJUDGED),
                pattern(
                        "wide ranges whose case is folded",
                        "(?i)[" + "\\x{42}-\\x{1e942}".repeat(500) + "]",
                        "1",
                        UNJUDGED),
                pattern("no pattern at all", "([", "a", UNJUDGED),
                pattern("a pattern with a flag for comments", "(?x)a # (", "a", UNJUDGED),
                Arguments.of(
                        "many patterns for many names",
                        "{\"patternProperties\":" + fields(3_000, i -> "true").replace("\"p", "\"(a|b|c)*d") + "}",
                        fields(3_000, i -> "1"),
                        UNJUDGED),
                Arguments.of(
                        "a pattern that matches nothing costs nothing",
                        "{\"properties\":{\"a\":{\"pattern\":\"(?=a)\"}}}",
                        "{\"b\":\"a\"}",
                        PASSED));
    }
}
