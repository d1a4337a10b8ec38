package io.camelback.pricing;

import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The cost of an answer in whole micro-dollars, rounded up. */
public record Cost(long microDollars) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** Of an answer that one model has made. @return empty when a price that counts here is unknown */
    public static Optional<Cost> of(ModelPrice list, Usage usage) {
        return of(list, usage, model -> Optional.empty());
    }

    /**
     * The tokens of each model at its own price, all at the tier at which the answer was made; fees once.
     *
     * @param list the price of the model that was asked
     * @param others the prices of other models, by the provider's names
     * @return empty when a price that counts here is unknown
     */
    public static Optional<Cost> of(ModelPrice list, Usage usage, Function<String, Optional<ModelPrice>> others) {
        List<BillingDetails.ModelShare> shares = usage.billing().shares();
        BigInteger sum = calls(list, usage.billing().toolCalls());
        boolean feeDue = true;
        for (BillingDetails.ModelShare share :
                shares.isEmpty() ? List.of(new BillingDetails.ModelShare(null, usage)) : shares) {
            Optional<ModelPrice> price = (share.model() == null ? Optional.of(list) : others.apply(share.model()))
                    .flatMap(known -> known.forTier(usage.billing().tier()))
                    .map(known -> known.at(share.usage().input()))
                    .filter(known -> isKnown(known, share.usage()));
            if (price.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(tokens(price.get(), share.usage()));
            if (feeDue) {
                sum = sum.add(product(price.get().perRequest(), MILLION.longValueExact()));
                feeDue = false;
            }
        }
        BigInteger[] parts = sum.divideAndRemainder(MILLION);
        BigInteger whole = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        return Optional.of(new Cost(whole.longValueExact()));
    }

    private static boolean isKnown(ModelPrice price, Usage usage) {
        return price.input() != null && (price.output() != null || usage.output() == 0);
    }

    private static BigInteger calls(ModelPrice price, Map<String, Long> calls) {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<String, Long> tool : calls.entrySet()) {
            long each = price.toolCalls().getOrDefault(tool.getKey(), 0L);
            sum = sum.add(product(tool.getValue(), each).multiply(MILLION));
        }
        return sum;
    }

    private static BigInteger tokens(ModelPrice price, Usage usage) {
        long fresh = Math.max(0, usage.input() - usage.cached() - usage.cacheWrite());
        long hour = Math.min(usage.billing().hourCacheWrite(), usage.cacheWrite());
        return product(fresh, price.input())
                .add(product(usage.cached(), price.cachedOrInput()))
                .add(product(usage.cacheWrite() - hour, price.cacheWriteOrInput()))
                .add(product(hour, price.hourCacheWriteOrInput()))
                .add(written(price, usage));
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
