package io.camelback.camel.accounting;

import io.camelback.budget.BudgetAlert;
import io.camelback.budget.BudgetLimit;
import io.camelback.event.EventPublisher;
import io.camelback.event.GatewayEvent;
import io.camelback.json.Json;
import io.camelback.pricing.Cost;
import io.camelback.quota.QuotaAlert;
import io.camelback.report.ReportJson;
import io.camelback.report.ReportText;
import io.camelback.report.UsageReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the budgets and the ledger have to tell, as events. */
public final class SpendEventPublisher {
    private final EventPublisher events;

    public SpendEventPublisher(EventPublisher events) {
        this.events = events;
    }

    void alert(BudgetAlert alert) {
        BudgetLimit cap = alert.cap();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("budget", cap.id());
        details.put("percent", alert.percent());
        details.put("refused", alert.refused());
        details.put("cap_usd", dollars(cap.microDollars()));
        details.put("spent_usd", dollars(alert.settled()));
        details.put("reserved_usd", dollars(alert.reserved()));
        details.put("until", alert.ends().toString());
        boolean layer = alert.refused() && cap.scope() == BudgetLimit.Scope.LAYER;
        String subject = layer ? cap.name() : cap.id() + (alert.refused() ? " refused" : " " + alert.percent());
        events.publish(new GatewayEvent(
                layer ? GatewayEvent.Type.LAYER_EXHAUSTED : GatewayEvent.Type.BUDGET_THRESHOLD,
                subject,
                said(alert),
                details));
    }

    private static String said(BudgetAlert alert) {
        BudgetLimit cap = alert.cap();
        String sums = dollars(alert.settled()) + " of " + dollars(cap.microDollars()) + " dollars";
        return alert.refused()
                ? "There is no room left in " + cap + " until " + alert.ends() + ": " + sums + " are spent."
                : alert.percent() + " % of " + cap + " are spent: " + sums + ", until " + alert.ends() + ".";
    }

    void quota(QuotaAlert alert) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(alert.ofDeployment() ? "deployment" : "key", alert.name());
        details.put("quota", alert.quota());
        details.put("cooldown", alert.cooldown());
        details.put("until", alert.until().toString());
        events.publish(new GatewayEvent(
                alert.ofDeployment() ? GatewayEvent.Type.QUOTA_REACHED : GatewayEvent.Type.CALLER_LIMITED,
                alert.name() + ": " + alert.quota(),
                (alert.ofDeployment() ? "" : "The client key ") + alert.name() + " has had its " + alert.quota()
                        + ", and is " + (alert.ofDeployment() ? "left alone" : "refused") + " until " + alert.until()
                        + ".",
                details));
    }

    public void daily(UsageReport report) {
        Map<String, Object> details = new LinkedHashMap<>();
        Map<?, ?> facts = Json.to(ReportJson.of(report), Map.class);
        facts.forEach((name, value) -> details.put(String.valueOf(name), value));
        events.publish(new GatewayEvent(
                GatewayEvent.Type.DAILY_REPORT,
                report.from().atZone(report.zone()).toLocalDate().toString(),
                ReportText.lines(report).get(0),
                details));
    }

    private static String dollars(long microDollars) {
        return new Cost(microDollars).dollars();
    }
}
