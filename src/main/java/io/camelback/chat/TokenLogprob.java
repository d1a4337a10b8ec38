package io.camelback.chat;

import java.math.BigDecimal;
import java.util.List;

/**
 * The log probability of one token of the answer.
 *
 * @param logprob natural logarithm of the probability
 * @param bytes the token's bytes, 0 to 255, which may be less than a character; null when the provider told none
 * @param top the likeliest tokens at this place, with none of their own; empty when not asked for
 */
public record TokenLogprob(String token, BigDecimal logprob, List<Integer> bytes, List<TokenLogprob> top) {
    public TokenLogprob {
        bytes = bytes == null ? null : List.copyOf(bytes);
        top = List.copyOf(top);
    }
}
