package io.camelback.chaos;

import io.camelback.chaos.ChaosHistory.AttemptRow;
import io.camelback.chaos.ChaosHistory.BudgetRow;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.ClientKey;
import io.camelback.chaos.ChaosHistory.Death;
import io.camelback.chaos.ChaosHistory.LedgerRecord;
import io.camelback.chaos.ChaosHistory.Outage;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.chaos.ChaosHistory.ProviderRecord;
import io.camelback.chaos.ChaosHistory.QuotaRow;
import io.camelback.chaos.ChaosHistory.RequestRow;
import io.camelback.chaos.ChaosHistory.ReservationRow;
import java.util.ArrayList;
import java.util.List;

/** A sound history: an answer with a budget, one that was given twice, one counted to a quota, and one broken off. */
final class ChaosStory {
    static final String ANSWER = "one two three";
    static final int TOKENS = 3;

    final List<ClientKey> keys = new ArrayList<>(List.of(new ClientKey("paid", 1_000, 0), new ClientKey("free", 0, 2)));
    final List<CallerRecord> callers = new ArrayList<>();
    final List<ProviderRecord> providers = new ArrayList<>();
    final List<RequestRow> requests = new ArrayList<>();
    final List<AttemptRow> attempts = new ArrayList<>();
    final List<String> replays = new ArrayList<>();
    final List<BudgetRow> budgets = new ArrayList<>();
    final List<ReservationRow> reservations = new ArrayList<>();
    final List<QuotaRow> quotas = new ArrayList<>();
    final List<Death> deaths = new ArrayList<>();
    final List<Outage> outages = new ArrayList<>();

    ChaosStory() {
        callers.add(caller("a.1", "a", false, "paid", 100, 200, Outcome.WHOLE, ANSWER, false));
        served("a", "a.1", "paid", 120, 190);
        callers.add(caller("b.1", "b", true, "paid", 300, 400, Outcome.WHOLE, ANSWER, false));
        callers.add(caller("b.2", "b", true, "paid", 500, 510, Outcome.WHOLE, ANSWER, true));
        served("b", "b.1", "paid", 320, 390);
        replays.add("b.2");
        callers.add(caller("c.1", "c", false, "free", 600, 700, Outcome.BROKEN_OFF, "one", false));
        providers.add(new ProviderRecord("c", "first", 620, 690, 1, false));
        requests.add(new RequestRow("c.1", 200, "stream_truncated"));
        attempts.add(new AttemptRow("c.1", "first", "free", "failed", 4L, 1L, true, false));
        budgets.add(new BudgetRow("paid", 0, 40, 0));
        quotas.add(new QuotaRow("free", 0, 1));
    }

    void served(String ask, String requestId, String key, long began, long ended) {
        providers.add(new ProviderRecord(ask, "first", began, ended, TOKENS, true));
        requests.add(new RequestRow(requestId, 200, null));
        attempts.add(new AttemptRow(requestId, "first", key, "answered", 20L, (long) TOKENS, false, false));
    }

    ChaosHistory history() {
        return new ChaosHistory(
                ANSWER,
                TOKENS,
                keys,
                callers,
                providers,
                new LedgerRecord(requests, attempts, replays, budgets, reservations, quotas),
                deaths,
                outages);
    }

    static CallerRecord caller(
            String id,
            String ask,
            boolean idempotent,
            String key,
            long began,
            long ended,
            Outcome outcome,
            String text,
            boolean replay) {
        return new CallerRecord(id, ask, idempotent, 0, key, began, ended, 200, outcome, text, null, "first", replay);
    }
}
