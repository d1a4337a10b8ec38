package io.camelback.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LiteLLM's price map ({@code model_prices_and_context_window.json}) as a {@link PriceList}'s file. It has dollars for
 * one token, as decimal fractions; nothing of them goes through a double, and what is finer than a micro-dollar for a
 * million tokens is rounded up. Models that are priced by pictures, seconds or characters have no place here.
 */
public final class LiteLlmPrices {
    private static final Set<String> MODES = Set.of("chat", "completion", "responses", "embedding");
    private static final Map<String, String> PARTS = parts();
    private static final List<String> SERVICE_TIERS = List.of("priority", "flex", "fast");
    private static final Pattern TIER = Pattern.compile("^(.+)_above_(\\d{1,5})k_tokens");
    private static final BigDecimal DEAREST = BigDecimal.valueOf(10_000);
    private static final Pattern PLAIN = Pattern.compile("[\\w][\\w./@-]*");

    private LiteLlmPrices() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("input_cost_per_token", "input");
        parts.put("output_cost_per_token", "output");
        parts.put("cache_read_input_token_cost", "cached");
        parts.put("cache_creation_input_token_cost", "cache-write");
        parts.put("cache_creation_input_token_cost_above_1hr", "cache-write-1h");
        parts.put("output_cost_per_reasoning_token", "reasoning");
        return parts;
    }

    /**
     * @param lines a line of YAML for each model, by its name
     * @param left how many models are in the map and not here
     */
    public record Imported(Map<String, String> lines, int left) {}

    /** @throws IllegalArgumentException when it is no such map */
    public static Imported read(JsonNode map) {
        if (!map.isObject()) {
            throw new IllegalArgumentException("it is no JSON object of models");
        }
        Map<String, String> lines = new TreeMap<>();
        int left = 0;
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            JsonNode model = entry.getValue();
            if (entry.getKey().equals("sample_spec")
                    || !MODES.contains(model.path("mode").asText("chat"))
                    || dollars(model.get("input_cost_per_token")) == null) {
                left++;
                continue;
            }
            lines.put(entry.getKey(), line(model));
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("none of its entries has an input_cost_per_token");
        }
        return new Imported(lines, left);
    }

    /** A name as a YAML key: in quotes where it is not plain. */
    public static String key(String name) {
        return PLAIN.matcher(name).matches() && !name.matches("[\\d._-]+")
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String line(JsonNode model) {
        StringJoiner line = new StringJoiner(", ", "{ ", " }");
        PARTS.forEach((theirs, ours) -> add(line, ours, dollars(model.get(theirs))));
        BigDecimal request = number(model.get("input_cost_per_request"));
        if (request != null && request.signum() > 0) {
            line.add("request: "
                    + request.setScale(6, RoundingMode.UP).stripTrailingZeros().toPlainString());
        }
        Map<Integer, StringJoiner> tiers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : model.properties()) {
            Matcher tier = TIER.matcher(entry.getKey());
            if (tier.matches() && PARTS.containsKey(tier.group(1))) {
                add(
                        tiers.computeIfAbsent(
                                Integer.parseInt(tier.group(2)) * 1000, above -> new StringJoiner(", ", "{ ", " }")),
                        PARTS.get(tier.group(1)),
                        dollars(entry.getValue()));
            }
        }
        if (!tiers.isEmpty()) {
            StringJoiner above = new StringJoiner(", ", "above: { ", " }");
            tiers.forEach((tokens, prices) -> above.add(tokens + ": " + prices));
            line.add(above.toString());
        }
        addServiceTiers(line, model);
        addSearches(line, model.path("search_context_cost_per_query"));
        return line.toString();
    }

    private static void addServiceTiers(StringJoiner line, JsonNode model) {
        StringJoiner tiers = new StringJoiner(", ", "tiers: { ", " }").setEmptyValue("");
        for (String tier : SERVICE_TIERS) {
            StringJoiner prices = new StringJoiner(", ", tier + ": { ", " }").setEmptyValue("");
            PARTS.forEach((theirs, ours) -> add(prices, ours, dollars(model.get(theirs + "_" + tier))));
            if (prices.length() > 0) {
                tiers.add(prices.toString());
            }
        }
        if (tiers.length() > 0) {
            line.add(tiers.toString());
        }
    }

    /** Dollars for one search, by how much of what is found is read; the dearest counts. */
    private static void addSearches(StringJoiner line, JsonNode prices) {
        BigDecimal dearest = BigDecimal.ZERO;
        for (JsonNode price : prices) {
            BigDecimal each = number(price);
            dearest = each == null ? dearest : dearest.max(each);
        }
        if (dearest.signum() > 0) {
            line.add("tool-calls: { web-search: "
                    + dearest.setScale(6, RoundingMode.UP).stripTrailingZeros().toPlainString() + " }");
        }
    }

    private static void add(StringJoiner line, String part, BigDecimal dollars) {
        if (dollars != null) {
            line.add(part + ": " + dollars.toPlainString());
        }
    }

    /** Dollars for a million tokens, of dollars for one; null when there is no such price. */
    private static BigDecimal dollars(JsonNode value) {
        BigDecimal each = number(value);
        BigDecimal million = each == null
                ? null
                : each.movePointRight(6).setScale(6, RoundingMode.UP).stripTrailingZeros();
        return million == null || million.signum() < 0 || million.compareTo(DEAREST) > 0 ? null : million;
    }

    private static BigDecimal number(JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            return value.isNumber()
                    ? value.decimalValue()
                    : new BigDecimal(value.asText().trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
