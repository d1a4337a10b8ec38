package io.camelback.report;

import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetStatus;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import io.camelback.clientkey.ClientKey;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.QuotaSettings;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.quota.QuotaService;
import io.camelback.quota.QuotaUsage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Builds reports from the ledger's rows. What a configuration says of prices, layers and budgets is that of today. */
public final class ReportQuery {
    private static final String REQUESTS = "SELECT COALESCE(%1$s, ''), COUNT(*), "
            + "SUM(CASE WHEN error IS NULL AND status < 400 THEN 1 ELSE 0 END), "
            + "SUM(CASE WHEN error IS NULL AND status < 400 AND deployment IS NOT NULL AND deployment <> first_link THEN 1 ELSE 0 END) "
            + "FROM camelback_request WHERE at >= ? AND at < ? GROUP BY COALESCE(%1$s, '')";
    private static final String ATTEMPTS =
            "SELECT COALESCE(%1$s, ''), COUNT(*), SUM(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END), "
                    + "SUM(COALESCE(input_tokens, 0)), SUM(COALESCE(cached_tokens, 0)), SUM(COALESCE(output_tokens, 0)), "
                    + "SUM(COALESCE(micro_dollars, 0)), SUM(CASE WHEN micro_dollars IS NULL THEN 1 ELSE 0 END) "
                    + "FROM camelback_attempt WHERE outcome <> 'skipped' AND at >= ? AND at < ? GROUP BY COALESCE(%1$s, '')";
    private static final String ANSWERS =
            "SELECT r.first_link, a.deployment, COUNT(*), SUM(COALESCE(a.input_tokens, 0)), "
                    + "SUM(COALESCE(a.cached_tokens, 0)), SUM(COALESCE(a.cache_write_tokens, 0)), SUM(COALESCE(a.output_tokens, 0)), "
                    + "SUM(COALESCE(a.reasoning_tokens, 0)), SUM(COALESCE(a.micro_dollars, 0)), "
                    + "SUM(COALESCE(a.cache_write_1h_tokens, 0)) "
                    + "FROM camelback_request r JOIN camelback_attempt a ON a.request_id = r.request_id AND a.gateway = r.gateway "
                    + "AND a.deployment = r.deployment AND a.outcome = 'answered' "
                    + "WHERE r.at >= ? AND r.at < ? AND r.error IS NULL GROUP BY r.first_link, a.deployment";
    private final LedgerDatabase database;
    private final CamelbackConfig config;
    private final BudgetPolicy book;

    public ReportQuery(LedgerDatabase database, CamelbackConfig config) {
        this.database = database;
        this.config = config;
        this.book = new BudgetPolicy(config.spending(), key -> Optional.empty());
    }

    /**
     * @param from the first moment
     * @param to the first moment after
     * @param premium the deployment whose price all answers are compared with; null for the dearest of tier 1
     * @param now for the budgets: they are told as they stand, or as they stood when a time that is over ended
     * @throws io.camelback.ledger.LedgerUnavailableException when the ledger cannot be read
     */
    public UsageReport report(Instant from, Instant to, ReportGrouping by, String premium, Instant now) {
        return database.read(connection -> {
            Span span = new Span(connection, from.toEpochMilli(), to.toEpochMilli());
            List<ReportLine> lines = span.lines(by);
            List<ReportLine> layers = config.spending().layers().isEmpty()
                    ? List.of()
                    : by == ReportGrouping.LAYER ? lines : span.lines(ReportGrouping.LAYER);
            List<TokenTotals> answers = span.answers();
            Instant at = now.isBefore(from) ? from : now.isBefore(to) ? now : to.minusMillis(1);
            List<ClientKey> keys = by != ReportGrouping.KEY
                    ? List.of()
                    : ClientKey.all(connection).stream()
                            .filter(ClientKey::serves)
                            .toList();
            List<BudgetStatus> budgets = BudgetStatus.read(connection, caps(keys), book.zone(), at);
            List<QuotaUsage> quotas = at.equals(now) ? quotas(connection, keys, now) : List.of();
            return new UsageReport(
                    from,
                    to,
                    book.zone(),
                    lines.stream().reduce(ReportLine.none(""), ReportLine::plus),
                    span.degraded(),
                    span.possiblyBilled(),
                    span.replayed(),
                    by,
                    lines,
                    layers,
                    span.escalations(),
                    failover(answers),
                    premium(answers, premium),
                    budgets,
                    quotas,
                    at);
        });
    }

    private List<BudgetLimit> caps(List<ClientKey> keys) {
        List<BudgetLimit> caps = new ArrayList<>(book.all());
        keys.forEach(key ->
                key.budget().ifPresent(budget -> caps.addAll(BudgetLimit.of(BudgetLimit.Scope.KEY, key.id(), budget))));
        return caps;
    }

    private List<QuotaUsage> quotas(Connection connection, List<ClientKey> keys, Instant now) throws SQLException {
        List<QuotaUsage> quotas = new ArrayList<>();
        for (Map.Entry<String, QuotaSettings> limited : config.limits().entrySet()) {
            quotas.addAll(QuotaUsage.read(
                    connection, QuotaService.DEPLOYMENT + limited.getKey(), limited.getValue(), book.zone(), now));
        }
        for (ClientKey key : keys) {
            quotas.addAll(QuotaUsage.read(
                    connection, QuotaService.KEY + key.id(), key.settings().limits(), book.zone(), now));
        }
        return quotas;
    }

    /**
     * Of the answers that another deployment than the first link gave: what they cost, and what they would have cost
     * there.
     */
    private UsageReport.Compared failover(List<TokenTotals> answers) {
        List<TokenTotals> others = answers.stream()
                .filter(one -> one.firstLink() != null && !one.firstLink().equals(one.deployment()))
                .toList();
        long instead = 0;
        for (TokenTotals one : others) {
            OptionalLong there = config.deployment(one.firstLink())
                    .map(Deployment::price)
                    .map(one::at)
                    .orElse(OptionalLong.empty());
            if (there.isEmpty()) {
                return null;
            }
            instead += there.getAsLong();
        }
        return others.isEmpty() ? null : new UsageReport.Compared(null, count(others), cost(others), instead);
    }

    private UsageReport.Compared premium(List<TokenTotals> answers, String name) {
        Optional<Deployment> with = name != null
                ? config.deployment(name)
                : config.deployments().values().stream()
                        .filter(deployment -> deployment.tier() == 1 && deployment.priced() && !deployment.embeds())
                        .max(Comparator.comparingLong(
                                deployment -> deployment.price().output()));
        List<TokenTotals> chats = answers.stream()
                .filter(one -> config.deployment(one.deployment())
                        .filter(Deployment::embeds)
                        .isEmpty())
                .toList();
        if (with.isEmpty() || chats.isEmpty()) {
            return null;
        }
        long instead = 0;
        for (TokenTotals one : chats) {
            OptionalLong there = one.at(with.get().price());
            if (there.isEmpty()) {
                return null;
            }
            instead += there.getAsLong();
        }
        return new UsageReport.Compared(with.get().name(), count(chats), cost(chats), instead);
    }

    private static long count(List<TokenTotals> answers) {
        return answers.stream().mapToLong(TokenTotals::answers).sum();
    }

    private static long cost(List<TokenTotals> answers) {
        return answers.stream().mapToLong(TokenTotals::microDollars).sum();
    }

    /** A span of time in the ledger. */
    private record Span(Connection connection, long from, long to) {
        private interface Reading {
            void row(ResultSet row) throws SQLException;
        }

        private void each(String sql, Reading reading) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, from);
                statement.setLong(2, to);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        reading.row(row);
                    }
                }
            }
        }

        private List<ReportLine> lines(ReportGrouping by) throws SQLException {
            Map<String, ReportLine> lines = new TreeMap<>();
            each(
                    String.format(REQUESTS, by.column()),
                    row -> lines.merge(
                            row.getString(1),
                            new ReportLine(
                                    row.getString(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0),
                            ReportLine::plus));
            each(
                    String.format(ATTEMPTS, by.column()),
                    row -> lines.merge(
                            row.getString(1),
                            new ReportLine(
                                    row.getString(1),
                                    0,
                                    0,
                                    0,
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8)),
                            ReportLine::plus));
            return lines.values().stream()
                    .sorted(Comparator.comparingLong(ReportLine::microDollars)
                            .thenComparingLong(ReportLine::requests)
                            .reversed())
                    .toList();
        }

        private List<TokenTotals> answers() throws SQLException {
            List<TokenTotals> answers = new ArrayList<>();
            each(
                    ANSWERS,
                    row -> answers.add(new TokenTotals(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            new Usage(
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8),
                                    new BillingDetails(row.getLong(10), null, Map.of(), List.of())),
                            row.getLong(9))));
            return answers;
        }

        private List<UsageReport.Escalated> escalations() throws SQLException {
            List<UsageReport.Escalated> escalations = new ArrayList<>();
            each(
                    "SELECT layer, cause, COUNT(*) FROM camelback_escalation WHERE at >= ? AND at < ? GROUP BY layer, cause "
                            + "ORDER BY COUNT(*) DESC, layer, cause",
                    row -> escalations.add(
                            new UsageReport.Escalated(row.getString(1), row.getString(2), row.getLong(3))));
            return escalations;
        }

        private long degraded() throws SQLException {
            return count("SELECT COUNT(*) FROM camelback_request WHERE degraded IS NOT NULL AND at >= ? AND at < ?");
        }

        private long possiblyBilled() throws SQLException {
            return count("SELECT COUNT(*) FROM camelback_attempt WHERE possibly_billed = 1 AND at >= ? AND at < ?");
        }

        private long replayed() throws SQLException {
            return count("SELECT COUNT(*) FROM camelback_replay WHERE at >= ? AND at < ?");
        }

        private long count(String sql) throws SQLException {
            long[] count = new long[1];
            each(sql, row -> count[0] = row.getLong(1));
            return count[0];
        }
    }
}
