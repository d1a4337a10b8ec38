package io.camelback.chaos;

import static io.camelback.chaos.ChaosStory.ANSWER;
import static io.camelback.chaos.ChaosStory.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chaos.ChaosHistory.AttemptRow;
import io.camelback.chaos.ChaosHistory.BudgetRow;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.ClientKey;
import io.camelback.chaos.ChaosHistory.Death;
import io.camelback.chaos.ChaosHistory.Outage;
import io.camelback.chaos.ChaosHistory.Outcome;
import io.camelback.chaos.ChaosHistory.ProviderRecord;
import io.camelback.chaos.ChaosHistory.QuotaRow;
import io.camelback.chaos.ChaosHistory.RequestRow;
import io.camelback.chaos.ChaosHistory.ReservationRow;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every check finds what it is for, in a history that is sound but for that. */
class InvariantCheckTest {
    /** What is wrong with a history, and what is said of it. */
    enum Wrong {
        A_SUCCESS_WITH_HALF_AN_ANSWER(
                story -> story.callers.set(
                        0, caller("a.1", "a", false, "paid", 100, 200, Outcome.WHOLE, "one two", false)),
                "a.1 was told a success that is not the model's answer"),
        A_SUCCESS_OF_NOBODY(
                story -> story.providers.remove(0),
                "a.1 was told a success of first, which has answered no such request"),
        A_SUCCESS_OF_A_PROVIDER_THAT_BROKE_OFF(
                story -> story.providers.set(0, new ProviderRecord("a", "first", 120, 190, 2, false)),
                "a.1 was told a success of first"),
        A_SUCCESS_OF_ANOTHER_PROVIDER(
                story -> story.providers.set(0, new ProviderRecord("a", "second", 120, 190, 3, true)),
                "a.1 was told a success of first"),
        AN_END_WITHOUT_A_FINISH(
                story -> story.callers.set(
                        2, caller("b.2", "b", true, "paid", 500, 510, Outcome.TRUNCATED, "one", false)),
                "b.2 ended like a success"),
        AN_INTERNAL_ERROR(
                story -> story.callers.add(new CallerRecord(
                        "d.1", "d", false, 0, "free", 1, 2, 500, Outcome.REFUSED, "", "internal_error", null, false)),
                "d.1 was told internal_error"),
        A_CAP_PASSED_BY_SPENDING(
                story -> story.keys.set(0, new ClientKey("paid", 39, 0)), "the cap of paid is passed: 40 spent"),
        A_CAP_PASSED_BY_ROOM_PUT_ASIDE(
                story -> {
                    story.budgets.set(0, new BudgetRow("paid", 0, 40, 970));
                    story.reservations.add(new ReservationRow("a.1", "paid", 970));
                },
                "the cap of paid is passed: 40 spent and 970 put aside"),
        MONEY_WITHOUT_A_ROW(
                story -> story.budgets.set(0, new BudgetRow("paid", 0, 41, 0)), "41 spent, and its attempts' rows 40"),
        A_ROW_WITHOUT_MONEY(
                story -> story.budgets.set(0, new BudgetRow("paid", 0, 20, 0)), "20 spent, and its attempts' rows 40"),
        ROOM_PUT_ASIDE_FOR_NOBODY(
                story -> story.budgets.set(0, new BudgetRow("paid", 0, 40, 5)), "5 put aside, and its reservations 0"),
        A_RESERVATION_LEFT_OPEN(
                story -> {
                    story.budgets.set(0, new BudgetRow("paid", 0, 40, 5));
                    story.reservations.add(new ReservationRow("a.1", "paid", 5));
                },
                "a.1 has a reservation that nobody settles"),
        A_QUOTA_PASSED(story -> story.quotas.set(0, new QuotaRow("free", 0, 3)), "the quota of free is passed: 3 of 2"),
        A_REQUEST_NOT_COUNTED(
                story -> story.quotas.clear(), "the quota of free has counted 0, and providers were asked for 1"),
        A_LOST_REQUEST_ROW(story -> story.requests.remove(0), "a.1 has no row of its request"),
        A_LOST_ROW_OF_A_BROKEN_STREAM(story -> story.requests.remove(2), "c.1 has no row of its request"),
        A_LOST_REPLAY_ROW(story -> story.replays.clear(), "b.2 has no row of its replay"),
        A_REQUEST_ROW_TWICE(story -> story.requests.add(new RequestRow("a.1", 200, null)), "a.1 has 2 rows"),
        A_LOST_ATTEMPT_ROW(
                story -> {
                    story.attempts.remove(0);
                    story.budgets.set(0, new BudgetRow("paid", 0, 20, 0));
                },
                "a.1 has no row of its answered attempt"),
        AN_ATTEMPT_OF_WHICH_HALF_IS_BILLED(
                story ->
                        story.attempts.set(0, new AttemptRow("a.1", "first", "paid", "answered", 20L, 1L, true, false)),
                "a.1 has no row of its answered attempt"),
        AN_ATTEMPT_THAT_FAILED_AND_IS_NOT_WRITTEN(
                story -> story.attempts.remove(2), "c: first received 1 requests, and the ledger has 0 attempts"),
        A_SECOND_TRY_THAT_IS_NOT_WRITTEN(
                story -> story.providers.add(new ProviderRecord("a", "first", 101, 119, 0, false)),
                "a: first received 2 requests, and the ledger has 1 attempts"),
        A_RUN_TWICE(
                story -> {
                    story.callers.add(caller("b.3", "b", true, "paid", 320, 380, Outcome.WHOLE, ANSWER, false));
                    story.served("b", "b.3", "paid", 330, 370);
                    story.budgets.set(0, new BudgetRow("paid", 0, 60, 0));
                },
                "b was run 2 times"),
        A_RUN_TWICE_AS_THE_LEDGER_KNOWS(
                story -> {
                    story.callers.add(caller("b.3", "b", true, "paid", 320, 380, Outcome.CUT, "one", false));
                    story.served("b", "b.3", "paid", 330, 370);
                    story.budgets.set(0, new BudgetRow("paid", 0, 60, 0));
                },
                "b has 2 rows of a success"),
        ASKED_AGAIN_AFTER_THE_ANSWER(
                story -> {
                    story.callers.add(caller("b.3", "b", true, "paid", 800, 900, Outcome.CUT, "", false));
                    story.providers.add(new ProviderRecord("b", "first", 820, 890, 1, false));
                    story.attempts.add(new AttemptRow("b.3", "first", "paid", "cancelled", 0L, 0L, true, false));
                },
                "b was asked again of first after b.1 had its answer"),
        ASKED_AGAIN_AFTER_THE_ANSWER_BY_NOBODY_WHO_IS_KNOWN(
                story -> {
                    story.providers.add(new ProviderRecord("b", "second", 820, 890, 1, false));
                    story.providers.add(new ProviderRecord("b", "second", 830, 890, 1, false));
                    story.attempts.add(new AttemptRow("b.1", "second", "paid", "failed", 0L, 0L, true, false));
                },
                "b was asked again of second after b.1 had its answer");

        private final Consumer<ChaosStory> spoil;
        private final String said;

        Wrong(Consumer<ChaosStory> spoil, String said) {
            this.spoil = spoil;
            this.said = said;
        }
    }

    @Test
    void a_sound_history_breaks_no_promise() {
        assertThat(InvariantCheck.of(new ChaosStory().history())).isEqualTo(new InvariantCheck.Result(List.of(), 0));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void finds(Wrong wrong) {
        ChaosStory story = new ChaosStory();
        wrong.spoil.accept(story);

        assertThat(InvariantCheck.of(story.history()).broken())
                .anySatisfy(broken -> assertThat(broken).contains(wrong.said));
    }

    @Test
    void a_row_that_a_killed_process_took_along_is_excused() {
        ChaosStory story = new ChaosStory();
        story.requests.remove(2);
        story.attempts.remove(2);
        story.deaths.add(new Death(0, 710));

        assertThat(InvariantCheck.of(story.history())).isEqualTo(new InvariantCheck.Result(List.of(), 2));
    }

    @Test
    void a_row_is_not_excused_by_the_death_of_another_gateway_nor_by_a_late_one_nor_where_a_budget_has_paid() {
        for (Death death : List.of(new Death(1, 210), new Death(0, 200 + InvariantCheck.LAG + 1))) {
            ChaosStory story = new ChaosStory();
            story.requests.remove(0);
            story.deaths.add(death);

            assertThat(InvariantCheck.of(story.history()).broken())
                    .anySatisfy(broken -> assertThat(broken).contains("a.1 has no row"));
        }
        ChaosStory paid = new ChaosStory();
        paid.attempts.remove(0);
        paid.budgets.set(0, new BudgetRow("paid", 0, 20, 0));
        paid.deaths.add(new Death(0, 210));

        assertThat(InvariantCheck.of(paid.history()).broken())
                .anySatisfy(broken -> assertThat(broken).contains("answered attempt"));
    }

    @Test
    void a_late_death_excuses_a_row_that_the_database_kept_waiting_all_the_time() {
        ChaosStory story = new ChaosStory();
        story.requests.remove(2);
        story.attempts.remove(2);
        story.outages.add(new Outage(650, 9_000));
        story.deaths.add(new Death(0, 9_000));

        assertThat(InvariantCheck.of(story.history())).isEqualTo(new InvariantCheck.Result(List.of(), 2));
    }

    @Test
    void what_a_dead_gateway_has_put_aside_may_stay_open() {
        ChaosStory story = new ChaosStory();
        story.callers.add(caller("d.1", "d", false, "paid", 800, 900, Outcome.CUT, "", false));
        story.providers.add(new ProviderRecord("d", "first", 820, 890, 1, false));
        story.reservations.add(new ReservationRow("d.1", "paid", 30));
        story.budgets.set(0, new BudgetRow("paid", 0, 40, 30));
        story.deaths.add(new Death(0, 890));

        assertThat(InvariantCheck.of(story.history()).broken()).isEmpty();
    }

    @Test
    void an_answer_whose_price_a_dead_gateway_has_put_aside_is_charged_later() {
        ChaosStory story = new ChaosStory();
        story.attempts.remove(0);
        story.reservations.add(new ReservationRow("a.1", "paid", 30));
        story.budgets.set(0, new BudgetRow("paid", 0, 20, 30));
        story.deaths.add(new Death(0, 210));

        assertThat(InvariantCheck.of(story.history())).isEqualTo(new InvariantCheck.Result(List.of(), 1));

        story.deaths.clear();
        assertThat(InvariantCheck.of(story.history()).broken())
                .anySatisfy(broken -> assertThat(broken).contains("answered attempt"));
    }

    @Test
    void what_a_stalled_network_delivers_late_is_no_second_run() {
        ChaosStory story = new ChaosStory();
        story.providers.add(new ProviderRecord("b", "second", 420, 490, 0, false));
        story.attempts.add(new AttemptRow("b.1", "second", "paid", "failed", 0L, 0L, true, false));

        assertThat(InvariantCheck.of(story.history()).broken()).isEmpty();
    }

    @Test
    void a_second_run_is_excused_only_when_the_first_answer_could_not_be_kept() {
        ChaosStory story = new ChaosStory();
        story.callers.add(caller("b.3", "b", true, "paid", 900, 990, Outcome.WHOLE, ANSWER, false));
        story.served("b", "b.3", "paid", 910, 980);
        story.budgets.set(0, new BudgetRow("paid", 0, 60, 0));
        story.deaths.add(new Death(0, 450));
        assertThat(InvariantCheck.of(story.history()).broken())
                .as("the database was well")
                .isNotEmpty();

        story.outages.add(new Outage(350, 500));
        assertThat(InvariantCheck.of(story.history()).broken()).isEmpty();
    }
}
