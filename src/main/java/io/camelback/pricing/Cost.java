package io.camelback.pricing;

import io.camelback.chat.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** The cost of an answer in whole micro-dollars, rounded up. */
public record Cost(long microDollars) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** @return empty when a price that counts here is unknown */
    public static Optional<Cost> of(ModelPrice list, Usage usage) {
        ModelPrice price = list.at(usage.input());
        if (price.input() == null || price.output() == null && usage.output() > 0) {
            return Optional.empty();
        }
        long fresh = Math.max(0, usage.input() - usage.cached() - usage.cacheWrite());
        BigInteger sum = BigInteger.valueOf(price.perRequest())
                .multiply(MILLION)
                .add(product(fresh, price.input()))
                .add(product(usage.cached(), price.cached() == null ? price.input() : price.cached()))
                .add(product(usage.cacheWrite(), price.cacheWrite() == null ? price.input() : price.cacheWrite()))
                .add(written(price, usage));
        BigInteger[] parts = sum.divideAndRemainder(MILLION);
        BigInteger whole = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        return Optional.of(new Cost(whole.longValueExact()));
    }

    private static BigInteger written(ModelPrice price, Usage usage) {
        if (usage.output() == 0) {
            return BigInteger.ZERO;
        }
        long reasoning = price.reasoning() == null ? 0 : Math.min(usage.reasoning(), usage.output());
        return product(usage.output() - reasoning, price.output())
                .add(reasoning == 0 ? BigInteger.ZERO : product(reasoning, price.reasoning()));
    }

    private static BigInteger product(long tokens, long pricePerMillion) {
        return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(pricePerMillion));
    }

    /** In dollars, with six decimals: {@code 0.000123}. */
    public String dollars() {
        return BigDecimal.valueOf(microDollars, 6).toPlainString();
    }
}
