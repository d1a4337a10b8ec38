package io.camelback.protocol.matrix;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A difference between what the provider said and what the caller is told that is as it should be.
 *
 * @param pairs which pairs, as {@code source case -> endpoint}
 * @param line the line of the difference, see {@link FactDifference}
 */
record AnswerAllowance(Pattern pairs, Pattern line, String reason) {
    private static final List<AnswerAllowance> ALL = List.of(
            of(
                    ".* -> anthropic",
                    "\\+ (input 0 output 0|cached 0|cache write 0|reasoning 0)",
                    "usage is required: nothing is known of it"),
            of(".* -> gemini", "[-+] cache write \\d+", "no such count"),
            of(".* -> (openai|gemini|responses)", "- 0 met .*", "no such field"),
            of(
                    "openai (answer-refusal-n2|stream-n2 streamed) -> (anthropic|responses)",
                    "- 1 .*",
                    "one answer only: no caller of this endpoint can ask for more"),
            of(
                    "(openai answer-deepseek|openai stream-error-finish streamed|gemini signed-thoughts streamed) -> .*",
                    "- 0 ends OTHER|\\+ 0 ends STOP",
                    "a word that the caller does not know"),
            of(
                    ".* -> (anthropic|gemini)",
                    "- \\d declines .*|\\+ \\d says (I can.*|This request was declined.)",
                    "no such part: its words are text"),
            of(
                    "openai stream-two-finishes streamed -> (anthropic|gemini)",
                    "[-+] 0 says Hi(No)?|- 0 declines No",
                    "no such part: its words are text"),
            of(
                    ".*(refusal|two-finishes).* -> gemini",
                    "- 0 ends STOP|\\+ 0 ends CONTENT_FILTER",
                    "a refusal is a finish there"),
            of(".* -> anthropic", "- 0 weighs .*", "no log probabilities"),
            of(".* -> anthropic", "- 0 shows .*", "no images in answers"),
            of(".*stream.* -> anthropic", "[-+] 0 cites .*", "a citation is of the whole block"),
            of(
                    "anthropic .*refusal.* -> responses",
                    "- 0 ends CONTENT_FILTER|\\+ 0 ends STOP",
                    "complete, with a part that is the refusal"));

    static AnswerAllowance of(String pairs, String line, String reason) {
        return new AnswerAllowance(Pattern.compile(pairs), Pattern.compile(line), reason);
    }

    static List<AnswerAllowance> all() {
        return ALL;
    }

    boolean explains(String pair, String difference) {
        return pairs.matcher(pair).matches() && line.matcher(difference).matches();
    }
}
