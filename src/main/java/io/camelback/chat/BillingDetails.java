package io.camelback.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What decides the price of an answer's tokens beside their number, and what is billed beside them.
 *
 * @param hourCacheWrite of the tokens written to the prompt cache, those that are kept for an hour
 * @param tier the service tier, or the speed, at which the answer was made: {@link #STANDARD}, or the provider's word
 *     for another one; null when it did not tell
 * @param toolCalls how often each tool that the provider runs was called, by its name in {@link #TOOLS}
 * @param shares the runs of models that the answer was made of; none where there was but one, of the model asked
 */
public record BillingDetails(long hourCacheWrite, String tier, Map<String, Long> toolCalls, List<ModelShare> shares) {
    /** The tier of whoever asks for none. */
    public static final String STANDARD = "standard";

    /** The tools that providers run and count. */
    public static final List<String> TOOLS =
            List.of("web-search", "web-fetch", "code-execution", "file-search", "search-source");

    public static final BillingDetails NONE = new BillingDetails(0, null, Map.of(), List.of());

    /**
     * One run of a model.
     *
     * @param model null for the model that was asked
     */
    public record ModelShare(String model, Usage usage) {}

    public BillingDetails {
        toolCalls = Map.copyOf(toolCalls);
        shares = List.copyOf(shares);
    }

    /** Only a tier. @param tier null when it was not told */
    public static BillingDetails tier(String tier) {
        return tier == null ? NONE : new BillingDetails(0, tier, Map.of(), List.of());
    }

    /** The same at another tier. */
    public BillingDetails withTier(String other) {
        return Objects.equals(tier, other) ? this : new BillingDetails(hourCacheWrite, other, toolCalls, shares);
    }

    /** How many calls of tools the provider has run. */
    public long calls() {
        return toolCalls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The other models that had a share; null without any. */
    public String otherModels() {
        String models = shares.stream()
                .map(ModelShare::model)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        return models.isEmpty() ? null : models;
    }

    /** Of two answers together; their tier is known where it is the same. */
    BillingDetails plus(BillingDetails other) {
        Map<String, Long> calls = new TreeMap<>(toolCalls);
        other.toolCalls.forEach((tool, count) -> calls.merge(tool, count, Long::sum));
        return new BillingDetails(
                hourCacheWrite + other.hourCacheWrite,
                Objects.equals(tier, other.tier) ? tier : null,
                calls,
                List.of());
    }
}
