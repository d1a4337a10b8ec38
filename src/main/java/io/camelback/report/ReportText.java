package io.camelback.report;

import io.camelback.budget.BudgetStatus;
import io.camelback.pricing.Cost;
import io.camelback.quota.QuotaUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats a report as text and as CSV. */
public final class ReportText {
    private static final int CENTS = 4;
    private static final int PER_CENT = 100;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private ReportText() {}

    public static List<String> lines(UsageReport report) {
        List<String> text = new ArrayList<>();
        ZoneId zone = report.zone();
        ReportLine total = report.total();
        text.add("From " + report.from().atZone(zone).toLocalDate() + " to "
                + report.to().minusMillis(1).atZone(zone).toLocalDate()
                + " (" + zone.getId() + "): " + count(total.requests()) + " requests, "
                + share(total.answered(), total.requests())
                + " answered, " + share(total.fallbacks(), total.answered()) + " of them after a fallback, "
                + count(report.degraded())
                + " degraded, $" + dollars(total.microDollars()) + " spent.");
        if (total.unpriced() > 0) {
            text.add(count(total.unpriced()) + " attempts have no known price and are not in the sums.");
        }
        if (report.possiblyBilled() > 0) {
            text.add(count(report.possiblyBilled())
                    + " attempts were cancelled before their usage was known; the provider may bill more"
                    + " than the estimate in the sums.");
        }
        if (report.replayed() > 0) {
            text.add("Given the answer to an earlier request, by their Idempotency-Key, and not counted above: "
                    + count(report.replayed()) + ".");
        }
        if (report.lines().isEmpty()) {
            budgets(report, text);
            quotas(report, text);
            return text;
        }
        text.add("");
        text.addAll(table(report.by(), report.lines(), total));
        if (!report.layers().isEmpty() && report.by() != ReportGrouping.LAYER) {
            text.add("");
            text.addAll(table(ReportGrouping.LAYER, report.layers(), total));
        }
        escalations(report, text);
        compared(report, text);
        budgets(report, text);
        quotas(report, text);
        return text;
    }

    private static void escalations(UsageReport report, List<String> text) {
        if (report.escalations().isEmpty()) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"escalated to", "because of", "requests", "share"});
        report.escalations()
                .forEach(one -> rows.add(new String[] {
                    one.layer(),
                    one.cause(),
                    count(one.requests()),
                    share(one.requests(), report.total().requests())
                }));
        text.add("");
        text.addAll(aligned(rows));
    }

    private static List<String> table(ReportGrouping by, List<ReportLine> lines, ReportLine total) {
        List<String[]> rows = new ArrayList<>();
        String name = by == ReportGrouping.KEY ? "key" : by.name().toLowerCase(Locale.ROOT);
        rows.add(new String[] {name, "requests", "share", "fallback", "asked", "success", "tokens in", "out", "spent $"
        });
        for (ReportLine line : lines) {
            rows.add(new String[] {
                line.name().isEmpty() ? "-" : line.name(),
                count(line.requests()),
                share(line.requests(), total.requests()),
                share(line.fallbacks(), line.answered()),
                count(line.asked()),
                share(line.succeeded(), line.asked()),
                count(line.inputTokens()),
                count(line.outputTokens()),
                dollars(line.microDollars())
            });
        }
        return aligned(rows);
    }

    private static void compared(UsageReport report, List<String> text) {
        UsageReport.Compared premium = report.premium();
        UsageReport.Compared failover = report.failover();
        if (failover != null) {
            text.add("");
            text.add("Failing over: " + count(failover.answers()) + " answers cost $" + dollars(failover.cost())
                    + "; their first links would have cost $" + dollars(failover.instead()) + ".");
        }
        if (premium != null) {
            long saved = premium.instead() - premium.cost();
            text.add("");
            text.add("Before, all by " + premium.with() + ":  $" + dollars(premium.instead()));
            text.add("After, as it was:  $" + dollars(premium.cost()));
            text.add((saved >= 0 ? "Saved:  $" : "Lost:  $") + dollars(Math.abs(saved)) + " ("
                    + share(Math.abs(saved), premium.instead()) + ")");
        }
    }

    private static void budgets(UsageReport report, List<String> text) {
        if (report.budgets().isEmpty()) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"budget", "cap $", "spent $", "put aside $", "left $", "forecast $", "until"});
        for (BudgetStatus spent : report.budgets()) {
            rows.add(new String[] {
                spent.cap().toString().replaceFirst("^the ", ""),
                dollars(spent.cap().microDollars()),
                dollars(spent.settled()),
                dollars(spent.reserved()),
                dollars(spent.remaining()),
                dollars(spent.forecast(report.at())),
                spent.window().ends().atZone(report.zone()).toLocalDate().toString()
            });
        }
        text.add("");
        text.addAll(aligned(rows));
    }

    private static void quotas(UsageReport report, List<String> text) {
        if (report.quotas().isEmpty()) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"quota", "used", "left", "until"});
        for (QuotaUsage use : report.quotas()) {
            rows.add(new String[] {
                use.quota() + " of "
                        + use.subject().replaceFirst("^deployment:", "").replace(':', ' '),
                count(use.used()),
                use.cooling() ? "cools down" : count(use.remaining()),
                MINUTE.format(use.until().atZone(report.zone()))
            });
        }
        text.add("");
        text.addAll(aligned(rows));
    }

    /** Comma-separated, a header first; money in dollars, exact. */
    public static List<String> csv(UsageReport report) {
        List<String> text = new ArrayList<>();
        text.add(
                report.by().name().toLowerCase(Locale.ROOT)
                        + ",requests,answered,fallbacks,asked,succeeded,input_tokens,cached_tokens,output_tokens,cost_usd,unpriced");
        for (ReportLine line : report.lines()) {
            text.add(String.join(
                    ",",
                    quoted(line.name()),
                    String.valueOf(line.requests()),
                    String.valueOf(line.answered()),
                    String.valueOf(line.fallbacks()),
                    String.valueOf(line.asked()),
                    String.valueOf(line.succeeded()),
                    String.valueOf(line.inputTokens()),
                    String.valueOf(line.cachedTokens()),
                    String.valueOf(line.outputTokens()),
                    new Cost(line.microDollars()).dollars(),
                    String.valueOf(line.unpriced())));
        }
        return text;
    }

    /** A name may be a caller's own word: quoted, and no formula for a spreadsheet. */
    private static String quoted(String name) {
        String safe = name.isEmpty() || "=+-@\t\r".indexOf(name.charAt(0)) < 0 ? name : "'" + name;
        return safe.matches("[\\w .:-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** Names to the left, numbers to the right. */
    private static List<String> aligned(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length())));
        return rows.stream()
                .map(row -> IntStream.range(0, row.length)
                        .mapToObj(i -> i == 0
                                ? row[i] + " ".repeat(widths[i] - row[i].length())
                                : " ".repeat(widths[i] - row[i].length()) + row[i])
                        .collect(Collectors.joining("  ")))
                .toList();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share in per cent with one decimal; a dash of nothing. */
    private static String share(long part, long whole) {
        return whole == 0
                ? "-"
                : BigDecimal.valueOf(part)
                                .multiply(BigDecimal.valueOf(PER_CENT))
                                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
                        + " %";
    }

    private static String dollars(long microDollars) {
        return String.format(
                Locale.ROOT, "%,.4f", BigDecimal.valueOf(microDollars, 6).setScale(CENTS, RoundingMode.HALF_UP));
    }
}
