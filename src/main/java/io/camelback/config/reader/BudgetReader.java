package io.camelback.config.reader;

import io.camelback.config.Budget;
import io.camelback.config.BudgetPeriod;
import io.camelback.config.BudgetSettings;
import io.camelback.config.Deployment;
import io.camelback.config.DeploymentGroup;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code budgets}, {@code layers}, and the budgets of deployments and chains. */
final class BudgetReader {
    static final String KEY = "budget";
    private static final List<Integer> USUAL_ALERTS = List.of(80);
    private final YamlSection root;
    private final Map<String, Deployment> deployments;
    private List<Integer> alerts = USUAL_ALERTS;

    /** @param deployments those that could be read */
    BudgetReader(YamlSection root, Map<String, Deployment> deployments) {
        this.root = root;
        this.deployments = deployments;
    }

    BudgetSettings read() {
        YamlSection budgets = root.section("budgets").only("zone", "alert", "total", "report");
        ZoneId zone = budgets.read("zone", BudgetReader::zone, ZoneId.of("UTC"));
        alerts = alerts(budgets);
        Budget total = budgets.find("total").map(this::budget).orElse(null);
        BudgetSettings spending = new BudgetSettings(
                zone,
                budgets.read("report", BudgetReader::time, null),
                total,
                below("deployments"),
                below("chains"),
                layers());
        prices(spending);
        if (spending.limits() && root.find("ledger").filter(YamlValue::single).isPresent()) {
            root.find("ledger")
                    .ifPresent(off -> off.problem(
                            "there are budgets, and spending is recorded in the ledger",
                            "Remove this line, or the budgets"));
        }
        return spending;
    }

    private Map<String, Budget> below(String group) {
        Map<String, Budget> found = new LinkedHashMap<>();
        for (YamlValue one : root.section(group).values()) {
            if (one.group()) {
                one.section().find(KEY).ifPresent(value -> found.put(one.key, budget(value)));
            }
        }
        return found;
    }

    private Map<String, DeploymentGroup> layers() {
        Map<String, DeploymentGroup> layers = new LinkedHashMap<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (YamlValue value : root.section("layers").values()) {
            NameValidator.check(value);
            YamlSection own = value.section().only("deployments", KEY);
            own.require("deployments", "Add deployments: and a list of their names");
            List<String> members = own.list("deployments", ValueParsers.oneOf(deployments.keySet()));
            for (String member : members) {
                String other = taken.putIfAbsent(member, value.key);
                if (other != null) {
                    own.find("deployments")
                            .ifPresent(list -> list.problem(
                                    member + " is in the layer " + other + " already", "Leave it in one of the two"));
                }
            }
            layers.put(
                    value.key,
                    new DeploymentGroup(
                            value.key, members, own.find(KEY).map(this::budget).orElse(null)));
        }
        return layers;
    }

    private Budget budget(YamlValue value) {
        YamlSection own = value.section().only("day", "week", "month", "alert", "pre-empt");
        Map<BudgetPeriod, Long> caps = new EnumMap<>(BudgetPeriod.class);
        for (BudgetPeriod period : BudgetPeriod.values()) {
            own.find(period.key())
                    .flatMap(amount -> amount.parse(ValueParsers.DOLLARS))
                    .ifPresent(cap -> caps.put(period, cap));
        }
        if (BudgetPeriod.KEYS.stream().allMatch(key -> own.find(key).isEmpty())) {
            value.problem("has no amount", "Give an amount in dollars and a period: { month: 20 }");
        }
        YamlSection preEmpt = own.section("pre-empt").only("at", "reserved-for");
        int at = preEmpt.read("at", ValueParsers.whole(1, 99), Budget.NO_PRE_EMPTION);
        List<String> keepFor = preEmpt.list("reserved-for", text -> text);
        if (own.find("pre-empt").isPresent() && (preEmpt.find("at").isEmpty() || keepFor.isEmpty())) {
            own.find("pre-empt")
                    .ifPresent(
                            half -> half.problem(
                                    "is incomplete",
                                    "Give a percentage and the tasks that the rest is reserved for: { at: 90, reserved-for: [architecture] }"));
        }
        return new Budget(caps, alerts(own), at, Set.copyOf(keepFor));
    }

    private List<Integer> alerts(YamlSection section) {
        return section.find("alert").isEmpty()
                ? alerts
                : section.list("alert", ValueParsers.whole(1, 100)).stream()
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** Without its price nobody knows when a budget is used up. */
    private void prices(BudgetSettings spending) {
        Map<String, String> limited = new LinkedHashMap<>();
        spending.deployments().keySet().forEach(name -> limited.put(name, "it has"));
        spending.layers().values().stream()
                .filter(layer -> layer.budget() != null)
                .forEach(layer -> layer.deployments()
                        .forEach(name -> limited.putIfAbsent(name, "its layer " + layer.name() + " has")));
        if (spending.total() != null) {
            deployments.keySet().forEach(name -> limited.putIfAbsent(name, "all deployments together have"));
        }
        YamlSection section = root.section("deployments");
        limited.forEach((name, who) -> {
            Deployment deployment = deployments.get(name);
            if (deployment != null && !deployment.priced()) {
                section.find(name)
                        .ifPresent(
                                value -> value.problem(
                                        "has no price, and " + who + " a budget",
                                        "Add price: { input: ..., output: ... }, dollars for a million tokens; 0 for what is free"));
            }
        });
    }

    private static LocalTime time(String text) throws UnreadableValueException {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableValueException(
                    "is no time of day", "Write hours and minutes in quotes, such as \"07:30\"");
        }
    }

    private static ZoneId zone(String text) throws UnreadableValueException {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new UnreadableValueException(
                    "is no time zone", "Write a name such as Europe/Berlin, or an offset such as +08:00");
        }
    }
}
