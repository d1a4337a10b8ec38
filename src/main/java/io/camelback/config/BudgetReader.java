package io.camelback.config;

import io.camelback.config.Parser.Unreadable;
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
    private final Section root;
    private final Map<String, Deployment> deployments;
    private List<Integer> alerts = USUAL_ALERTS;

    /** @param deployments those that could be read */
    BudgetReader(Section root, Map<String, Deployment> deployments) {
        this.root = root;
        this.deployments = deployments;
    }

    Spending read() {
        Section budgets = root.section("budgets").only("zone", "alert", "total", "report");
        ZoneId zone = budgets.read("zone", BudgetReader::zone, ZoneId.of("UTC"));
        alerts = alerts(budgets);
        Budget total = budgets.find("total").map(this::budget).orElse(null);
        Spending spending = new Spending(zone, budgets.read("report", BudgetReader::time, null), total, below("deployments"), below("chains"), layers());
        prices(spending);
        if (spending.limits() && root.find("ledger").filter(Value::single).isPresent()) {
            root.find("ledger").ifPresent(off -> off.problem("there are budgets, and what is spent stands in the ledger",
                    "Remove this line, or the budgets"));
        }
        return spending;
    }

    private Map<String, Budget> below(String group) {
        Map<String, Budget> found = new LinkedHashMap<>();
        for (Value one : root.section(group).values()) {
            if (one.group()) {
                one.section().find(KEY).ifPresent(value -> found.put(one.key, budget(value)));
            }
        }
        return found;
    }

    private Map<String, Layer> layers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (Value value : root.section("layers").values()) {
            Names.check(value);
            Section own = value.section().only("deployments", KEY);
            own.require("deployments", "Add deployments: and a list of their names");
            List<String> members = own.list("deployments", Units.oneOf(deployments.keySet()));
            for (String member : members) {
                String other = taken.putIfAbsent(member, value.key);
                if (other != null) {
                    own.find("deployments").ifPresent(list -> list.problem(member + " is in the layer " + other + " already",
                            "Leave it in one of the two"));
                }
            }
            layers.put(value.key, new Layer(value.key, members, own.find(KEY).map(this::budget).orElse(null)));
        }
        return layers;
    }

    private Budget budget(Value value) {
        Section own = value.section().only("day", "week", "month", "alert", "pre-empt");
        Map<Period, Long> caps = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            own.find(period.key()).flatMap(amount -> amount.parse(Units::dollars)).ifPresent(cap -> caps.put(period, cap));
        }
        if (Period.KEYS.stream().allMatch(key -> own.find(key).isEmpty())) {
            value.problem("has no amount", "Say how many dollars and for how long: { month: 20 }");
        }
        Section preEmpt = own.section("pre-empt").only("at", "keep-for");
        int at = preEmpt.read("at", Units.whole(1, 99), Budget.NO_PRE_EMPTION);
        List<String> keepFor = preEmpt.list("keep-for", text -> text);
        if (own.find("pre-empt").isPresent() && (preEmpt.find("at").isEmpty() || keepFor.isEmpty())) {
            own.find("pre-empt").ifPresent(half -> half.problem("is only half said",
                    "Say from how many percent on, and for which tasks the rest is kept: { at: 90, keep-for: [architecture] }"));
        }
        return new Budget(caps, alerts(own), at, Set.copyOf(keepFor));
    }

    private List<Integer> alerts(Section section) {
        return section.find("alert").isEmpty() ? alerts
                : section.list("alert", Units.whole(1, 100)).stream().distinct().sorted().toList();
    }

    /** Without its price nobody knows when a budget is used up. */
    private void prices(Spending spending) {
        Map<String, String> limited = new LinkedHashMap<>();
        spending.deployments().keySet().forEach(name -> limited.put(name, "it has"));
        spending.layers().values().stream().filter(layer -> layer.budget() != null)
                .forEach(layer -> layer.deployments().forEach(name -> limited.putIfAbsent(name, "its layer " + layer.name() + " has")));
        if (spending.total() != null) {
            deployments.keySet().forEach(name -> limited.putIfAbsent(name, "all deployments together have"));
        }
        Section section = root.section("deployments");
        limited.forEach((name, who) -> {
            Deployment deployment = deployments.get(name);
            if (deployment != null && !deployment.priced()) {
                section.find(name).ifPresent(value -> value.problem("has no price, and " + who + " a budget",
                        "Add price: { input: ..., output: ... }, dollars for a million tokens; 0 for what is free"));
            }
        });
    }

    private static LocalTime time(String text) throws Unreadable {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new Unreadable("is no time of day", "Write hours and minutes in quotes, such as \"07:30\"");
        }
    }

    private static ZoneId zone(String text) throws Unreadable {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Unreadable("is no time zone", "Write a name such as Europe/Berlin, or an offset such as +08:00");
        }
    }
}
