package io.camelback.cli.command;

import io.camelback.camel.bundle.LedgerOpener;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.yaml.ConfigException;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerRefusedException;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.report.ReportGrouping;
import io.camelback.report.ReportJson;
import io.camelback.report.ReportQuery;
import io.camelback.report.ReportText;
import io.camelback.report.UsageReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/camelback report}: usage and cost from the ledger. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Report usage and cost from the ledger; the gateway may be running or stopped.",
        footer = {
            "",
            "Days are those of budgets.zone in config/camelback.yaml. Without a time it is this month.",
            "before/after compares with sending every conversation to one deployment, at today's prices.",
            "Exit codes: 0 printed, 1 the ledger cannot be read, 2 the options or the configuration are wrong."
        })
public final class ReportCommand extends HomeCommand {
    private static final String NOW = "now";

    @ArgGroup(exclusive = true)
    private Time time = new Time();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "deployment",
            description = "A line for each deployment, chain, key, task or layer. Default: deployment.")
    private ReportGrouping by;

    @Option(
            names = "--premium",
            paramLabel = "NAME",
            description = "The deployment to compare with. Default: the most expensive of tier 1.")
    private String premium;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print the lines as CSV.")
    private boolean csv;

    /** Which time. */
    static final class Time {
        @Option(
                names = "--day",
                arity = "0..1",
                fallbackValue = NOW,
                paramLabel = "DATE",
                description = "A day; today without a date.")
        private String day;

        @Option(
                names = "--month",
                arity = "0..1",
                fallbackValue = NOW,
                paramLabel = "YYYY-MM",
                description = "A month; this one without a value.")
        private String month;

        @ArgGroup(exclusive = false)
        private Range range;
    }

    /** From a day to a day. */
    static final class Range {
        @Option(names = "--from", required = true, paramLabel = "DATE", description = "The first day.")
        private LocalDate from;

        @Option(names = "--to", paramLabel = "DATE", description = "The last day. Default: today.")
        private LocalDate to;
    }

    private record Days(LocalDate first, LocalDate next) {}

    @Override
    protected int run() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            CamelbackConfig config = LedgerOpener.config(home.home, System::getenv);
            Instant now = Clock.systemUTC().instant();
            ZoneId zone = config.spending().zone();
            Days days = days(now.atZone(zone).toLocalDate());
            try (LedgerDatabase database = LedgerOpener.readOnly(config.ledger(), home.home)) {
                print(new ReportQuery(database, config)
                        .report(
                                days.first().atStartOfDay(zone).toInstant(),
                                days.next().atStartOfDay(zone).toInstant(),
                                by,
                                premium,
                                now));
                return 0;
            }
        } catch (ConfigException | DateTimeParseException e) {
            err.println(e.getMessage());
            return 2;
        } catch (LedgerRefusedException | LedgerUnavailableException | IOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private Days days(LocalDate today) {
        if (time.day != null) {
            LocalDate day = time.day.equals(NOW) ? today : LocalDate.parse(time.day);
            return new Days(day, day.plusDays(1));
        }
        if (time.range != null) {
            return new Days(time.range.from, (time.range.to == null ? today : time.range.to).plusDays(1));
        }
        YearMonth month =
                time.month == null || time.month.equals(NOW) ? YearMonth.from(today) : YearMonth.parse(time.month);
        return new Days(month.atDay(1), month.plusMonths(1).atDay(1));
    }

    private void print(UsageReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ReportJson.of(report).toPrettyString());
        } else {
            (csv ? ReportText.csv(report) : ReportText.lines(report)).forEach(out::println);
        }
        out.flush();
    }
}
