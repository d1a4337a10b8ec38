package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.ClientTimeoutSettings;
import io.camelback.config.ConnectionLimits;
import io.camelback.config.IdempotencySettings;
import io.camelback.config.LoadedConfig;
import io.camelback.config.ServerSettings;
import io.camelback.config.TimeoutSettings;
import io.camelback.pricing.ModelPrice;
import io.camelback.testkit.ConfigReading;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices, sizes and times, and what holds where none is written. */
class ConfigUnitsTest {
    @Test
    void a_short_total_cuts_the_timers_that_were_not_written() {
        assertThat(ConfigReading.with("timeouts: { total: 10s }").timeouts())
                .isEqualTo(new TimeoutSettings(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10)));
    }

    @ParameterizedTest(name = "{0} dollars")
    @CsvSource({
        "0.075, 75000",
        "0.0375, 37500",
        "0.000001, 1",
        "0.1, 100000",
        "4, 4000000",
        "4.00, 4000000",
        "0, 0",
        "10000, 10000000000",
        "0.3000000, 300000"
    })
    void a_price_is_exact(String dollars, long micros) {
        assertThat(ConfigReading.with("price: { input: " + dollars + " }").price())
                .isEqualTo(new ModelPrice(micros, null, null, null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"32MiB, 33554432", "32MB, 32000000", "2048, 2048", "1GiB, 1073741824", "64KiB, 65536", "4096B, 4096"})
    void a_size_has_a_unit_or_is_bytes(String size, long bytes) {
        String yaml = "server: { max-body: " + size + " }\ndeployments: { a: { provider: local, model: m } }";
        LoadedConfig loaded = ConfigReading.read(yaml, Map.of());
        assertThat(loaded.config().server())
                .isEqualTo(new ServerSettings(
                        bytes,
                        256,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        ConnectionLimits.DEFAULT,
                        ClientTimeoutSettings.DEFAULT,
                        IdempotencySettings.DEFAULT,
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"500ms, 500", "20s, 20000", "2m, 120000", "1h, 3600000", "24h, 86400000"})
    void a_duration_has_a_unit(String duration, long millis) {
        assertThat(ConfigReading.with("breaker: { cooldown: " + duration + " }")
                        .breaker()
                        .cooldown())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void a_chain_has_the_deadline_that_is_said_of_it_or_the_usual_one() {
        CamelbackConfig config = ConfigReading.read("""
                deployments: { opus: { provider: local, model: m, timeouts: { total: 10m } } }
                chains:
                  premium: { deadline: 2m }
                  economy: { reserve: 0s }
                  opus: { commit: full }
                """, Map.of()).config();

        assertThat(config.deadline("premium")).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.chain("premium").reserve()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.deadline("economy")).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.chain("economy").reserve()).isZero();
        assertThat(config.deadline("opus")).as("a deployment by its own name").isEqualTo(Duration.ofSeconds(601));
    }

    @Test
    void headers_may_take_as_long_as_the_first_token_unless_somebody_says_less() {
        assertThat(ConfigReading.with("timeouts: { first-token: 60s }")
                        .timeouts()
                        .headers())
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(ConfigReading.with("timeouts: { headers: 5s, first-token: 60s }")
                        .timeouts()
                        .headers())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(ConfigReading.deployment("defaults: { timeouts: { headers: 5s } }\n"
                                + "deployments: { a: { provider: local, model: m, timeouts: { first-token: 60s } } }")
                        .timeouts()
                        .headers())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_ledger_keeps_its_rows_for_as_long_as_is_said_or_for_four_hundred_days() {
        String file = "deployments: { a: { provider: local, model: m } }\n";

        assertThat(CamelbackConfigReader.read(file, "test", name -> null)
                        .config()
                        .ledger()
                        .retention())
                .isEqualTo(Duration.ofDays(400));
        assertThat(CamelbackConfigReader.read(file + "ledger: { retention: 90d }\n", "test", name -> null)
                        .config()
                        .ledger()
                        .retention())
                .isEqualTo(Duration.ofDays(90));
    }
}
