package io.camelback.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosScheduleTest {
    private static final List<ChaosSchedule> MANY =
            LongStream.range(0, 500).mapToObj(ChaosSchedule::of).toList();

    @Test
    void the_same_seed_gives_the_same_schedule() {
        assertThat(ChaosSchedule.of(42)).isEqualTo(ChaosSchedule.of(42)).isNotEqualTo(ChaosSchedule.of(43));
    }

    @Test
    void its_text_says_all_of_it() {
        ScheduledFault kill = new ScheduledFault(1_250, 800, FaultKind.KILL, 1, 0);
        ScheduledFault trouble =
                new ScheduledFault(2_000, 500, FaultKind.PROVIDER_TROUBLE, 0, ProviderTrouble.RATE_LIMITED.ordinal());
        ScheduledFault edit = new ScheduledFault(3_000, 1_000, FaultKind.BROKEN_EDIT, 0, 1);

        assertThat(new ChaosSchedule(7, LedgerKind.POSTGRES, 5_000, 20, List.of(kill, trouble, edit)).text())
                .isEqualTo("""
                seed 7: POSTGRES, 5000 ms, a token in 20 ms
                   1.250 s kill, gateway 2, for 0.800 s
                   2.000 s provider trouble (rate limited), provider 1, for 0.500 s
                   3.000 s broken edit (unknown key), for 1.000 s""");
    }

    @Test
    void faults_are_within_it_in_order_and_fit_the_ledger() {
        assertThat(MANY).allSatisfy(schedule -> {
            assertThat(schedule.lengthMillis()).isBetween(3_000, 8_000);
            assertThat(schedule.faults())
                    .isNotEmpty()
                    .isSortedAccordingTo((a, b) -> Integer.compare(a.atMillis(), b.atMillis()))
                    .allSatisfy(fault -> {
                        assertThat(fault.endsAtMillis()).isLessThanOrEqualTo(schedule.lengthMillis());
                        assertThat(fault.kind().fits(schedule.ledger())).isTrue();
                        assertThat(fault.target())
                                .isLessThan(
                                        fault.kind().target == FaultKind.Target.PROVIDER
                                                ? ChaosSchedule.PROVIDERS
                                                : schedule.ledger().gateways);
                    });
        });
    }

    @Test
    void two_hundred_have_every_kind_and_every_variant() {
        List<ScheduledFault> faults = MANY.subList(0, 200).stream()
                .flatMap(schedule -> schedule.faults().stream())
                .toList();

        assertThat(Arrays.asList(FaultKind.values()))
                .allSatisfy(kind -> assertThat(faults)
                        .filteredOn(fault -> fault.kind() == kind)
                        .hasSizeGreaterThan(10));
        assertThat(Arrays.asList(FaultKind.values()))
                .filteredOn(kind -> kind != FaultKind.PROVIDER_TROUBLE)
                .allSatisfy(kind -> assertThat(faults)
                        .filteredOn(fault -> fault.kind() == kind)
                        .map(ScheduledFault::detail)
                        .containsAll(kind.variants));
    }

    @Test
    void a_process_is_not_ended_while_it_is_being_ended_or_frozen() {
        assertThat(MANY).allSatisfy(schedule -> {
            List<ScheduledFault> ends = schedule.faults().stream()
                    .filter(fault -> fault.kind().target == FaultKind.Target.PROCESS)
                    .toList();
            for (ScheduledFault one : ends) {
                assertThat(ends)
                        .filteredOn(other -> other != one && other.target() == one.target())
                        .allMatch(other ->
                                other.atMillis() > one.endsAtMillis() || one.atMillis() > other.endsAtMillis());
            }
        });
    }

    @Test
    void faults_can_be_left_out() {
        ChaosSchedule schedule =
                MANY.stream().filter(one -> one.faults().size() > 2).findFirst().orElseThrow();

        assertThat(schedule.only(List.of(0, 2)).faults())
                .containsExactly(schedule.faults().get(0), schedule.faults().get(2));
    }
}
