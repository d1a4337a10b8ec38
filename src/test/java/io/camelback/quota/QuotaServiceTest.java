package io.camelback.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Quotas, counted in memory, in SQLite and in PostgreSQL. */
class QuotaServiceTest extends QuotaServiceTestBase {
    /** How many of a burst were let in. */
    private static int burst(List<QuotaService> replicas, int requests, QuotaSettings limits) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> asked = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                QuotaService replica = replicas.get(i % replicas.size());
                asked.add(threads.submit(() -> admitted(replica, limits, 0)));
            }
            int admitted = 0;
            for (Future<Boolean> one : asked) {
                admitted += one.get() ? 1 : 0;
            }
            return admitted;
        } finally {
            threads.shutdown();
        }
    }

    static Stream<QuotaSettings> sixty() {
        return Stream.of(
                requests(QuotaPeriod.MINUTE, 60),
                new QuotaSettings(Map.of(QuotaPeriod.MINUTE, 60L), Map.of(QuotaPeriod.DAY, 1_000L), 0, null, true));
    }

    @ParameterizedTest
    @MethodSource("sixty")
    void K14_of_a_thousand_at_two_replicas_sixty_are_let_in(QuotaSettings limits) throws Exception {
        List<QuotaService> replicas = List.of(quotas(Kept.POSTGRES), quotas(Kept.POSTGRES));

        assertThat(burst(replicas, 1_000, limits)).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE"})
    void of_a_burst_as_many_are_let_in_as_there_may_be(Kept kept) throws Exception {
        assertThat(burst(List.of(quotas(kept)), 300, requests(QuotaPeriod.HOUR, 60)))
                .isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE", "POSTGRES"})
    void what_is_refused_by_one_quota_counts_to_none(Kept kept) {
        QuotaService quotas = quotas(kept);
        QuotaSettings both =
                new QuotaSettings(Map.of(QuotaPeriod.DAY, 2L), Map.of(QuotaPeriod.DAY, 100L), 0, null, false);

        assertThat(admitted(quotas, both, 90)).isTrue();
        assertThat(admitted(quotas, both, 20)).isFalse();
        assertThat(admitted(quotas, both, 10)).isTrue();
        assertThat(admitted(quotas, both, 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE", "POSTGRES"})
    void what_a_request_came_to_takes_the_place_of_what_was_expected_once(Kept kept) {
        QuotaService quotas = quotas(kept);
        QuotaSettings limits = new QuotaSettings(Map.of(), Map.of(QuotaPeriod.DAY, 100L), 0, null, false);
        QuotaService.Admission admission = quotas.admit("key:one", limits, ZoneOffset.UTC, 100);
        admission.settle(1, 40);
        admission.settle(1, 0);

        assertThat(admitted(quotas, limits, 61)).isFalse();
        assertThat(admitted(quotas, limits, 60)).isTrue();
    }

    @Test
    void so_many_at_once_and_no_more() {
        QuotaService quotas = quotas(Kept.MEMORY);
        QuotaSettings two = new QuotaSettings(Map.of(), Map.of(), 2, null, false);
        QuotaService.Admission first = quotas.admit("key:one", two, ZoneOffset.UTC, 0);
        assertThat(admitted(quotas, two, 0)).isTrue();
        assertThat(admitted(quotas, two, 0)).isFalse();
        first.settle(1, 0);
        first.settle(1, 0);

        assertThat(admitted(quotas, two, 0)).isTrue();
        assertThat(admitted(quotas, two, 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE"})
    void a_quota_without_room_is_told_once_until_it_has_some_again(Kept kept) {
        QuotaService quotas = quotas(kept);
        List<QuotaAlert> told = new ArrayList<>();
        quotas.listen(told::add);
        QuotaSettings limits = requests(QuotaPeriod.HOUR, 1);
        for (int i = 0; i < 5; i++) {
            admitted(quotas, limits, 0);
        }
        assertThat(told)
                .containsExactly(
                        new QuotaAlert("key:one", "1 request an hour", Instant.parse("2026-11-20T13:00:00Z"), false));

        clock.advance(Duration.ofHours(1));
        admitted(quotas, limits, 0);
        assertThat(told).hasSize(1);
        admitted(quotas, limits, 0);
        assertThat(told).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE"})
    void an_answer_that_nobody_bounded_may_overrun_the_quota_once_and_then_nothing_is_let_in(Kept kept) {
        QuotaService quotas = quotas(kept);
        QuotaSettings limits = new QuotaSettings(Map.of(), Map.of(QuotaPeriod.DAY, 100L), 0, null, false);

        quotas.admit("key:one", limits, ZoneOffset.UTC, 10).settle(1, 500);

        assertThat(admitted(quotas, limits, 1)).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(admitted(quotas, limits, 1)).isTrue();
    }
}
