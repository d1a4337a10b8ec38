package io.camelback.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When a quota has room again. */
class QuotaWindowsTest extends QuotaServiceTestBase {
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
}
