package io.camelback.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a continuation takes up a text, however its model begins, and however it is cut into pieces. */
class ContinuationMatcherTest {
    private static final String SENT =
            "Camels store fat in their humps, not water. When food is scarce, they burn that fat. "
                    + "Their red blood cells are oval, which lets them flow when the blood is thick. A camel can drink a hundred litres "
                    + "in a quarter of an hour, and then it will walk for ";
    private static final String ANCHOR = ContinuationMatcher.anchor(SENT);

    static Stream<Arguments> joins() {
        return Stream.of(
                Arguments.of("as it was asked", SENT, ANCHOR + " days.", "days."),
                Arguments.of("with the space that was there", SENT, ANCHOR + " " + "days.", "days."),
                Arguments.of("without any space", "The end is ne", "The end is near, they say.", "ar, they say."),
                Arguments.of(
                        "in the middle of a word", "All of the quick bro", "All of the quick brown fox.", "wn fox."),
                Arguments.of("with an introduction", SENT, "Sure, here it goes on:\n\n" + ANCHOR + " days.", "days."),
                Arguments.of("between marks", SENT, "<<<\n" + ANCHOR + " days.", "days."),
                Arguments.of("from the very beginning", SENT, SENT + "days.", "days."),
                Arguments.of("with less than it was asked for", SENT, "and then it will walk for days.", "days."),
                Arguments.of(
                        "with other line ends",
                        "one two three four\nfive six seven",
                        "one two three\nfour five six\n\nseven eight",
                        " eight"),
                Arguments.of(
                        "with a new paragraph",
                        "one two three four five.\n",
                        "one two three four five.\n\nSix.",
                        "\nSix."),
                Arguments.of("with nothing more to say", "one two three four five.", "one two three four five.", ""),
                Arguments.of("with a text of one word", "Hi", "Hi there", " there"),
                Arguments.of(
                        "with a text that repeats itself",
                        "ha ".repeat(100),
                        ContinuationMatcher.anchor("ha ".repeat(100)) + " ho",
                        "ho"),
                Arguments.of(
                        "in many tongues",
                        "Grüße 🐪🐫 你好，世界。नमस्ते दुनिया",
                        "Grüße 🐪🐫 你好，世界。नमस्ते दुनिया！ 🐪",
                        "！ 🐪"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("joins")
    void a_repetition_is_found_and_left_out(String how, String sent, String came, String added) {
        for (int piece : new int[] {1, 3, 7, 1000}) {
            // Of what only the end decides, nothing is new before it.
            assertThat(joined(sent, came, piece)).as("in pieces of %d", piece).isEqualTo(added);
        }
    }

    static Stream<Arguments> does_not_join() {
        return Stream.of(
                Arguments.of("something else", SENT, "I cannot see any message of mine. What would you like me to do?"),
                Arguments.of("the rest at once", SENT, "days without a drop."),
                Arguments.of("a repetition too short to mean anything", SENT, "walk for days."),
                Arguments.of("another ending", SENT, ANCHOR.substring(0, 40) + " something that was never said."),
                Arguments.of("the anchor far behind", SENT, "x".repeat(600) + ANCHOR),
                Arguments.of("a word that only contains the text", "Hi", "This is Hi"),
                Arguments.of("nothing", SENT, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void does_not_join(String what, String sent, String came) {
        for (int piece : new int[] {1, 7, 1000}) {
            assertThat(joined(sent, came, piece)).as("in pieces of %d", piece).isNull();
        }
    }

    /** What is new; null when there is no seam. */
    private static String joined(String sent, String came, int piece) {
        ContinuationMatcher seam = new ContinuationMatcher(sent);
        StringBuilder added = new StringBuilder();
        for (int at = 0; at < came.length(); at += piece) {
            added.append(seam.add(came.substring(at, Math.min(came.length(), at + piece))));
            if (seam.impossible()) {
                assertThat(added).isEmpty();
                return null;
            }
        }
        String rest = seam.end();
        return rest == null ? null : added + rest;
    }

    @Test
    void the_anchor_is_whole_words_from_the_end() {
        assertThat(ANCHOR)
                .hasSizeBetween(ContinuationMatcher.ANCHOR / 2, ContinuationMatcher.ANCHOR)
                .endsWith("walk for");
        assertThat(SENT).contains(" " + ANCHOR);
        assertThat(ContinuationMatcher.anchor(" short text ")).isEqualTo("short text");
        assertThat(ContinuationMatcher.anchor("你".repeat(1_000))).hasSize(ContinuationMatcher.ANCHOR);
        assertThat(ContinuationMatcher.anchor("🐪".repeat(81) + "x")).startsWith("🐪");
    }
}
