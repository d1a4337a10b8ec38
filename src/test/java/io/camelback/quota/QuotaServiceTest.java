package io.camelback.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.PostgresDatabase;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.testkit.ManualClock;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Quotas, counted in memory, in SQLite and in PostgreSQL. */
class QuotaServiceTest {
    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<Ledger> ledgers = new ArrayList<>();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));

    enum Kept {
        MEMORY,
        SQLITE,
        POSTGRES
    }

    @AfterEach
    void close() {
        ledgers.forEach(Ledger::close);
    }

    private QuotaService quotas(Kept kept) {
        if (kept == Kept.MEMORY) {
            return QuotaService.inMemory(clock);
        }
        Ledger ledger = Ledger.open(
                kept == Kept.SQLITE
                        ? SqliteDatabase.open(folder.resolve("ledger.db"), clock)
                        : PostgresDatabase.open(server.freshUrl(), "postgres", "postgres", 4, MAX_WAIT),
                new SecureRandom());
        ledgers.add(ledger);
        return QuotaService.in(ledger, MAX_WAIT, clock);
    }

    private static QuotaSettings requests(QuotaPeriod span, long most) {
        return new QuotaSettings(Map.of(span, most), Map.of(), 0, null, false);
    }

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

    private static boolean admitted(QuotaService quotas, QuotaSettings limits, long tokens) {
        try {
            quotas.admit("key:one", limits, ZoneOffset.UTC, tokens);
            return true;
        } catch (QuotaExceededException e) {
            return false;
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

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE"})
    void a_day_ends_at_the_zone_s_midnight(Kept kept) {
        QuotaService quotas = quotas(kept);
        QuotaSettings one = requests(QuotaPeriod.DAY, 1);
        clock.set(Instant.parse("2026-11-20T18:14:00Z"));
        ZoneId kathmandu = ZoneId.of("Asia/Kathmandu");
        quotas.admit("key:one", one, kathmandu, 0);

        assertThatThrownBy(() -> quotas.admit("key:one", one, kathmandu, 0))
                .isInstanceOfSatisfying(QuotaExceededException.class, e -> {
                    assertThat(e.left()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(e).hasMessage("1 request a day");
                    assertThat(e.rateLimitHeaders().headers())
                            .containsEntry("x-ratelimit-limit-requests", "1")
                            .containsEntry("x-ratelimit-remaining-requests", "0")
                            .containsEntry("x-ratelimit-reset-requests", "60s");
                });
        clock.advance(Duration.ofSeconds(60));
        assertThat(quotas.admit("key:one", one, kathmandu, 0).standing().headers())
                .containsEntry("x-ratelimit-remaining-requests", "0");
    }

    @ParameterizedTest
    @CsvSource({"MEMORY", "SQLITE"})
    void a_sliding_minute_knows_no_edge_to_burst_at(Kept kept) {
        QuotaService quotas = quotas(kept);
        QuotaSettings sliding = new QuotaSettings(Map.of(QuotaPeriod.MINUTE, 2L), Map.of(), 0, null, true);
        clock.set(Instant.parse("2026-11-20T12:00:50Z"));
        assertThat(admitted(quotas, sliding, 0)).isTrue();
        clock.advance(Duration.ofSeconds(20));
        assertThat(admitted(quotas, sliding, 0)).isTrue();
        clock.advance(Duration.ofSeconds(39));
        assertThat(admitted(quotas, sliding, 0)).isFalse();
        clock.advance(Duration.ofSeconds(3));
        assertThat(admitted(quotas, sliding, 0)).isTrue();
        assertThat(admitted(quotas, sliding, 0)).isFalse();
    }

    @Test
    void a_cooldown_outlives_the_window_and_a_restart() {
        QuotaSettings limits = new QuotaSettings(Map.of(QuotaPeriod.DAY, 1L), Map.of(), 0, Duration.ofHours(24), false);
        QuotaService quotas = quotas(Kept.SQLITE);
        assertThat(admitted(quotas, limits, 0)).isTrue();
        assertThat(admitted(quotas, limits, 0)).isFalse();
        ledgers.remove(0).close();
        clock.advance(Duration.ofHours(23));

        QuotaService again = quotas(Kept.SQLITE);

        assertThat(admitted(again, limits, 0))
                .as("the next day, still cooling down")
                .isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(admitted(again, limits, 0)).isTrue();
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

    static Stream<Arguments> plans() {
        return Stream.of(Kept.values())
                .flatMap(kept -> Stream.of(
                        Arguments.of(kept, "requests", requests(QuotaPeriod.DAY, 20)),
                        Arguments.of(
                                kept,
                                "tokens",
                                new QuotaSettings(Map.of(), Map.of(QuotaPeriod.HOUR, 1_000L), 0, null, false)),
                        Arguments.of(
                                kept,
                                "sliding",
                                new QuotaSettings(
                                        Map.of(QuotaPeriod.MINUTE, 5L), Map.of(QuotaPeriod.HOUR, 600L), 0, null, true)),
                        Arguments.of(
                                kept,
                                "a cooldown",
                                new QuotaSettings(
                                        Map.of(QuotaPeriod.HOUR, 8L), Map.of(), 0, Duration.ofHours(3), false))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void plans(Kept kept, String what, QuotaSettings limits) {
        QuotaService quotas = quotas(kept);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            long tokens = random.nextInt(300);
            Optional<QuotaExceededException> foreseen =
                    quotas.preview("deployment:glm", limits, ZoneOffset.UTC, tokens);
            try {
                QuotaService.Admission admission = quotas.admit("deployment:glm", limits, ZoneOffset.UTC, tokens);
                assertThat(foreseen).isEmpty();
                // In a server a correction may come after the next request.
                admission.settle(1, kept == Kept.POSTGRES ? tokens : random.nextInt(300));
            } catch (QuotaExceededException e) {
                refused++;
                assertThat(foreseen)
                        .get()
                        .extracting(Throwable::getMessage, QuotaExceededException::left)
                        .containsExactly(e.getMessage(), e.left());
            }
            clock.advance(Duration.ofSeconds(random.nextInt(1_200)));
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"SQLITE", "POSTGRES"})
    void after_a_restart_it_is_known_what_there_is_no_room_for(Kept kept) {
        QuotaSettings limits = requests(QuotaPeriod.DAY, 1);
        quotas(kept).admit("deployment:glm", limits, ZoneOffset.UTC, 0);
        if (kept == Kept.SQLITE) {
            ledgers.remove(0).close();
        }

        assertThat(quotas(kept).preview("deployment:glm", limits, ZoneOffset.UTC, 0))
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("1 request a day");
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
