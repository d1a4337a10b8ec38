package io.camelback.telemetry.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetStatus;
import io.camelback.config.Budget;
import io.camelback.json.Json;
import io.camelback.telemetry.record.TelemetryJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The state and forecast of the budgets as JSON. */
final class BudgetStatusJson {
    /** A forecast needs so much of the window behind it: one in a hundred. */
    private static final int SOONEST = 100;

    private BudgetStatusJson() {}

    static ArrayNode of(List<BudgetStatus> all, Instant now) {
        ArrayNode lines = Json.object().putArray("budgets");
        all.forEach(spent -> line(lines.addObject(), spent, now));
        return lines;
    }

    private static void line(ObjectNode json, BudgetStatus spent, Instant now) {
        BudgetLimit cap = spent.cap();
        json.put("scope", cap.scope().name().toLowerCase(Locale.ROOT));
        TelemetryJson.put(json, "name", cap.name().isEmpty() ? null : cap.name());
        json.put("period", cap.period().key())
                .put("from", TelemetryJson.at(spent.window().starts()))
                .put("until", TelemetryJson.at(spent.window().ends()))
                .put("cap_micro_dollars", cap.microDollars())
                .put("spent_micro_dollars", spent.settled())
                .put("reserved_micro_dollars", spent.reserved());
        if (cap.preEmpt() < Budget.NO_PRE_EMPTION) {
            json.put("kept_from_percent", cap.preEmpt());
        }
        long forecast = forecast(spent, now);
        if (forecast >= 0) {
            json.put("forecast_micro_dollars", forecast);
        }
        json.put("exhausted", spent.exhausted());
    }

    /** What will be spent by the window's end at the pace until now; below zero while it is too early to say. */
    private static long forecast(BudgetStatus spent, Instant now) {
        long whole =
                Duration.between(spent.window().starts(), spent.window().ends()).toMillis();
        long gone = Duration.between(spent.window().starts(), now).toMillis();
        if (gone < whole / SOONEST || gone > whole) {
            return -1;
        }
        return spent.forecast(now);
    }
}
