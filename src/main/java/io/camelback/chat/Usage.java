package io.camelback.chat;

/**
 * Tokens, counted one way for all dialects (docs/wire-formats.md 2.4).
 *
 * @param input all input tokens, cached ones included
 * @param cached input tokens read from a prompt cache, part of {@code input}
 * @param cacheWrite input tokens written to a prompt cache, part of {@code input}
 * @param output all output tokens, reasoning included
 * @param reasoning output tokens spent on reasoning, part of {@code output}
 */
public record Usage(long input, long cached, long cacheWrite, long output, long reasoning) {
    public static Usage of(long input, long output) {
        return new Usage(input, 0, 0, output, 0);
    }

    /** Of two answers together. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cached + other.cached,
                cacheWrite + other.cacheWrite,
                output + other.output,
                reasoning + other.reasoning);
    }

    public long total() {
        return input + output;
    }
}
