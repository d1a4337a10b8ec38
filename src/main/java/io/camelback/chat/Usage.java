package io.camelback.chat;

import java.util.List;

/**
 * Tokens, counted one way for all dialects (docs/wire-formats.md 2.4).
 *
 * @param input all input tokens, cached ones included
 * @param cached input tokens read from a prompt cache, part of {@code input}
 * @param cacheWrite input tokens written to a prompt cache, part of {@code input}
 * @param output all output tokens, reasoning included
 * @param reasoning output tokens spent on reasoning, part of {@code output}
 * @param billing what decides their price
 */
public record Usage(long input, long cached, long cacheWrite, long output, long reasoning, BillingDetails billing) {

    /** Tokens of which nothing more is known. */
    public Usage(long input, long cached, long cacheWrite, long output, long reasoning) {
        this(input, cached, cacheWrite, output, reasoning, BillingDetails.NONE);
    }

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
                reasoning + other.reasoning,
                billing.plus(other.billing));
    }

    /** The same tokens with other details. */
    public Usage with(BillingDetails details) {
        return details.equals(billing) ? this : new Usage(input, cached, cacheWrite, output, reasoning, details);
    }

    /** The same tokens as the model asked would be paid for them without any tier or help. */
    public Usage plain() {
        return with(new BillingDetails(billing.hourCacheWrite(), null, billing.toolCalls(), List.of()));
    }

    /**
     * All tokens that are paid for: where a provider has run several models, or one of them several times, it tells its
     * callers the tokens of the answer, and bills those of all runs.
     */
    public Usage billed() {
        if (billing.shares().isEmpty()) {
            return this;
        }
        Usage all =
                billing.shares().stream().map(BillingDetails.ModelShare::usage).reduce(of(0, 0), Usage::plus);
        return new Usage(
                all.input,
                all.cached,
                all.cacheWrite,
                all.output,
                Math.min(reasoning, all.output),
                new BillingDetails(
                        all.billing.hourCacheWrite(), billing.tier(), billing.toolCalls(), billing.shares()));
    }

    /** Without details of the price where there are none. */
    @Override
    public String toString() {
        String tokens = "Usage[input=" + input + ", cached=" + cached + ", cacheWrite=" + cacheWrite + ", output="
                + output + ", reasoning=" + reasoning;
        return tokens + (billing.equals(BillingDetails.NONE) ? "]" : ", billing=" + billing + "]");
    }

    public long total() {
        return input + output;
    }
}
