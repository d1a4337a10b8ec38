package io.camelback.clientkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.Budget;
import io.camelback.config.BudgetPeriod;
import io.camelback.config.QuotaSettings;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the owner of a key may do, and what its maker noted about it.
 *
 * @param models the chains and deployments that may be asked for; all of them when empty
 * @param budget what may be spent; null for no limit of its own
 * @param limits how much may be asked
 * @param metadata the maker's own words about it
 */
public record ClientKeySettings(Set<String> models, Budget budget, QuotaSettings limits, Map<String, String> metadata) {
    /** Nothing is limited. */
    public static final ClientKeySettings NONE = new ClientKeySettings(Set.of(), null, QuotaSettings.NONE, Map.of());

    private static final List<Integer> ALERTS = List.of(80);
    private static final Set<String> KNOWN = Set.of("models", "budget", "limits", "metadata");

    public ClientKeySettings {
        models = Set.copyOf(models);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Reads them: {@code {"models": ["premium"], "budget": {"month": "20.00"}, "limits": {"requests/minute": "60"},
     * "metadata": {"team": "search"}}}.
     *
     * @throws InvalidRequestException naming the field that cannot be read
     */
    static ClientKeySettings read(JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new InvalidRequestException(
                        name, "`" + name + "` is unknown; there are budget, limits, metadata and models.");
            }
        });
        Set<String> models = new LinkedHashSet<>();
        json.path("models").forEach(model -> models.add(text("models", model)));
        Map<String, String> metadata = new LinkedHashMap<>();
        json.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), text("metadata", entry.getValue())));
        return new ClientKeySettings(
                models, budget(json.path("budget")), ClientKeyLimits.read(json.path("limits")), metadata);
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new InvalidRequestException(field, "`" + field + "` must hold texts.");
        }
        return value.textValue().trim();
    }

    private static Budget budget(JsonNode json) {
        Map<BudgetPeriod, Long> caps = new EnumMap<>(BudgetPeriod.class);
        json.properties().forEach(cap -> {
            for (BudgetPeriod period : BudgetPeriod.values()) {
                if (period.key().equals(cap.getKey())) {
                    caps.put(period, microDollars(text("budget", cap.getValue())));
                    return;
                }
            }
            throw new InvalidRequestException(
                    "budget", "A budget is for a day, week or month, not for a " + cap.getKey() + ".");
        });
        return caps.isEmpty() ? null : new Budget(caps, ALERTS, Budget.NO_PRE_EMPTION, Set.of());
    }

    private static long microDollars(String dollars) {
        if (!dollars.matches("\\d{1,9}(\\.\\d{1,6})?")) {
            throw new InvalidRequestException(
                    "budget", "A budget is an amount of dollars such as 20 or 7.50, with at most six decimals.");
        }
        return new BigDecimal(dollars).movePointRight(6).longValueExact();
    }

    /** As {@link #read} takes them; what is not limited is not there. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        if (!models.isEmpty()) {
            models.stream().sorted().forEach(json.putArray("models")::add);
        }
        if (budget != null) {
            ObjectNode caps = json.putObject("budget");
            budget.caps()
                    .forEach((period, most) -> caps.put(
                            period.key(),
                            BigDecimal.valueOf(most, 6).stripTrailingZeros().toPlainString()));
        }
        ClientKeyLimits.write(limits, json);
        if (!metadata.isEmpty()) {
            ObjectNode notes = json.putObject("metadata");
            metadata.forEach(notes::put);
        }
        return json;
    }
}
