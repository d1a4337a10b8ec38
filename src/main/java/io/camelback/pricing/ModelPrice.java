package io.camelback.pricing;

import io.camelback.chat.BillingDetails;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The price of a model, in micro-dollars per million tokens (4 dollars are 4,000,000). A part that is null is unknown.
 *
 * @param input tokens read
 * @param output tokens written
 * @param cached tokens read from the provider's prompt cache; as input when null
 * @param cacheWrite tokens written into it for some minutes; as input when null
 * @param cacheWriteHour tokens written into it for an hour; when null 1.6 times {@code cacheWrite}, which is what
 *     Anthropic takes, and as input when that is null, too
 * @param reasoning tokens written while it reasons; as output when null
 * @param perRequest micro-dollars for each request, whatever its length
 * @param lengthTiers what longer requests cost, all their tokens; shortest first
 * @param serviceTiers the whole price at each service tier or speed other than the standard one
 * @param toolCalls micro-dollars for each call of a tool that the provider runs, by the tool's name
 */
public record ModelPrice(
        Long input,
        Long output,
        Long cached,
        Long cacheWrite,
        Long cacheWriteHour,
        Long reasoning,
        long perRequest,
        List<LengthTier> lengthTiers,
        Map<String, ModelPrice> serviceTiers,
        Map<String, Long> toolCalls) {
    public static final ModelPrice UNKNOWN = new ModelPrice(null, null, null, null);

    private static final BigInteger HOUR_SHARE = BigInteger.valueOf(8);
    private static final BigInteger MINUTES_SHARE = BigInteger.valueOf(5);

    /** @param above for requests whose input has more tokens than that */
    public record LengthTier(int above, ModelPrice price) {}

    public ModelPrice {
        lengthTiers = lengthTiers.stream()
                .sorted(Comparator.comparingInt(LengthTier::above))
                .toList();
        serviceTiers = Map.copyOf(serviceTiers);
        toolCalls = Map.copyOf(toolCalls);
    }

    /** One price for requests of any length, reasoning included. */
    public ModelPrice(Long input, Long output, Long cached, Long cacheWrite) {
        this(input, output, cached, cacheWrite, null, 0, List.of());
    }

    /** A price that is the same at each service tier, and knows no tools. */
    public ModelPrice(
            Long input,
            Long output,
            Long cached,
            Long cacheWrite,
            Long reasoning,
            long perRequest,
            List<LengthTier> lengthTiers) {
        this(input, output, cached, cacheWrite, null, reasoning, perRequest, lengthTiers, Map.of(), Map.of());
    }

    /** What a request with so many input tokens costs: the parts a tier does not say are those of the price itself. */
    public ModelPrice at(long inputTokens) {
        ModelPrice found = this;
        for (LengthTier tier : lengthTiers) {
            if (inputTokens > tier.above()) {
                found = tier.price().over(this);
            }
        }
        return found;
    }

    /**
     * What an answer costs that was made at a service tier; empty when that is not known. What is free is free at any.
     *
     * @param tier null for the standard one
     */
    public Optional<ModelPrice> forTier(String tier) {
        if (tier == null || tier.equals(BillingDetails.STANDARD) || isFree()) {
            return Optional.of(this);
        }
        return Optional.ofNullable(serviceTiers.get(tier));
    }

    private boolean isFree() {
        return input != null
                && input == 0
                && (output == null || output == 0)
                && perRequest == 0
                && lengthTiers.isEmpty()
                && (cacheWrite == null || cacheWrite == 0);
    }

    /** This price with that of one more service tier. */
    public ModelPrice withTier(String tier, ModelPrice price) {
        Map<String, ModelPrice> all = new LinkedHashMap<>(serviceTiers);
        all.put(tier, price);
        return new ModelPrice(
                input, output, cached, cacheWrite, cacheWriteHour, reasoning, perRequest, lengthTiers, all, toolCalls);
    }

    /**
     * A service tier's price where this is all that was said of it. What it does not say of reading costs as much more,
     * or less, as its input; of writing as its output.
     *
     * @param standard the price of the standard tier
     */
    public ModelPrice completed(ModelPrice standard) {
        ModelPrice said = new ModelPrice(or(input, standard.input), or(output, standard.output), null, null);
        return new ModelPrice(
                said.input,
                said.output,
                or(cached, scaled(standard.cached, said.input, standard.input)),
                or(cacheWrite, scaled(standard.cacheWrite, said.input, standard.input)),
                or(cacheWriteHour, scaled(standard.cacheWriteHour, said.input, standard.input)),
                or(reasoning, scaled(standard.reasoning, said.output, standard.output)),
                perRequest == 0 ? standard.perRequest : perRequest,
                lengthTiers.isEmpty()
                        ? standard.lengthTiers.stream()
                                .map(tier -> new LengthTier(
                                        tier.above(), tier.price().scaled(said, standard)))
                                .toList()
                        : lengthTiers,
                Map.of(),
                standard.toolCalls);
    }

    private ModelPrice scaled(ModelPrice said, ModelPrice standard) {
        return new ModelPrice(
                scaled(input, said.input, standard.input),
                scaled(output, said.output, standard.output),
                scaled(cached, said.input, standard.input),
                scaled(cacheWrite, said.input, standard.input),
                scaled(cacheWriteHour, said.input, standard.input),
                scaled(reasoning, said.output, standard.output),
                perRequest,
                List.of(),
                Map.of(),
                Map.of());
    }

    private static Long scaled(Long part, Long to, Long from) {
        return part == null || to == null || from == null || from == 0
                ? part
                : Long.valueOf(times(part, BigInteger.valueOf(to), BigInteger.valueOf(from)));
    }

    /** Rounded up. */
    private static long times(long part, BigInteger numerator, BigInteger denominator) {
        return BigInteger.valueOf(part)
                .multiply(numerator)
                .add(denominator.subtract(BigInteger.ONE))
                .divide(denominator)
                .longValueExact();
    }

    /** Whether what is written into the prompt cache has a price of its own. */
    public boolean hasCacheWrite() {
        return cacheWrite != null || cacheWriteHour != null;
    }

    /** What a token costs that is read from the prompt cache. */
    long cachedOrInput() {
        return cached == null ? input : cached;
    }

    /** What a token costs that is written into the prompt cache for some minutes. */
    long cacheWriteOrInput() {
        return cacheWrite == null ? input : cacheWrite;
    }

    /** What a token costs that is written into the prompt cache for an hour. */
    long hourCacheWriteOrInput() {
        if (cacheWriteHour != null) {
            return cacheWriteHour;
        }
        return cacheWrite == null ? input : times(cacheWrite, HOUR_SHARE, MINUTES_SHARE);
    }

    private ModelPrice over(ModelPrice below) {
        return new ModelPrice(
                or(input, below.input),
                or(output, below.output),
                or(cached, below.cached),
                or(cacheWrite, below.cacheWrite),
                or(cacheWriteHour, cacheWrite == null ? below.cacheWriteHour : null),
                or(reasoning, below.reasoning),
                perRequest == 0 ? below.perRequest : perRequest,
                List.of(),
                Map.of(),
                below.toolCalls);
    }

    private static Long or(Long said, Long otherwise) {
        return said == null ? otherwise : said;
    }
}
