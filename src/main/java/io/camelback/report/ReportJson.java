package io.camelback.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetStatus;
import io.camelback.json.Json;
import io.camelback.pricing.Cost;
import java.util.List;
import java.util.Locale;

/** Formats a report as JSON. Money is dollars as text, exact. */
public final class ReportJson {
    private ReportJson() {}

    public static ObjectNode of(UsageReport report) {
        ObjectNode json = Json.object()
                .put("from", report.from().toString())
                .put("to", report.to().toString())
                .put("zone", report.zone().getId());
        line(json, report.total());
        json.put("degraded", report.degraded())
                .put("possibly_billed", report.possiblyBilled())
                .put("replayed", report.replayed());
        json.put("by", report.by().name().toLowerCase(Locale.ROOT));
        lines(json.putArray("lines"), report.lines());
        lines(json.putArray("layers"), report.layers());
        ArrayNode escalations = json.putArray("escalations");
        report.escalations()
                .forEach(one -> escalations
                        .addObject()
                        .put("layer", one.layer())
                        .put("cause", one.cause())
                        .put("requests", one.requests()));
        compared(json, "failover", report.failover());
        compared(json, "premium", report.premium());
        ArrayNode budgets = json.putArray("budgets");
        report.budgets().forEach(spent -> budget(budgets.addObject(), spent, report));
        ArrayNode quotas = json.putArray("quotas");
        report.quotas()
                .forEach(use -> quotas.addObject()
                        .put("whose", use.subject())
                        .put("quota", use.quota())
                        .put("most", use.limit())
                        .put("used", use.used())
                        .put("left", use.remaining())
                        .put("cools_down", use.cooling())
                        .put("until", use.until().toString()));
        return json;
    }

    private static void lines(ArrayNode array, List<ReportLine> lines) {
        lines.forEach(one -> line(array.addObject().put("name", one.name()), one));
    }

    private static void line(ObjectNode json, ReportLine line) {
        json.put("requests", line.requests())
                .put("answered", line.answered())
                .put("fallbacks", line.fallbacks())
                .put("asked", line.asked())
                .put("succeeded", line.succeeded())
                .put("input_tokens", line.inputTokens())
                .put("cached_tokens", line.cachedTokens())
                .put("output_tokens", line.outputTokens())
                .put("cost_usd", new Cost(line.microDollars()).dollars())
                .put("unpriced", line.unpriced());
    }

    private static void compared(ObjectNode json, String name, UsageReport.Compared compared) {
        if (compared != null) {
            ObjectNode own = json.putObject(name);
            if (compared.with() != null) {
                own.put("with", compared.with());
            }
            own.put("answers", compared.answers())
                    .put("cost_usd", new Cost(compared.cost()).dollars())
                    .put("instead_usd", new Cost(compared.instead()).dollars());
        }
    }

    private static void budget(ObjectNode json, BudgetStatus spent, UsageReport report) {
        json.put("budget", spent.cap().id())
                .put("cap_usd", new Cost(spent.cap().microDollars()).dollars())
                .put("spent_usd", new Cost(spent.settled()).dollars())
                .put("reserved_usd", new Cost(spent.reserved()).dollars())
                .put("left_usd", new Cost(spent.remaining()).dollars())
                .put("forecast_usd", new Cost(spent.forecast(report.at())).dollars())
                .put("ends", spent.window().ends().toString());
    }
}
