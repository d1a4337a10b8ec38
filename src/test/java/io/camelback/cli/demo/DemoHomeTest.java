package io.camelback.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.simulator.SimulatedProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHomeTest {
    private final SimulatedProviders lab = SimulatedProviders.start();

    @AfterEach
    void close() {
        lab.close();
    }

    private CamelbackConfig read(Path home) throws IOException {
        return CamelbackConfigReader.read(
                        Files.readString(home.resolve("config/camelback.yaml")), "copy", lab.environment()::get)
                .config();
    }

    @Test
    void all_but_timers_retries_and_breakers_stays_as_it_is() throws IOException {
        CamelbackConfig shipped = read(Path.of("."));
        try (DemoHome home = DemoHome.of(Path.of("."), lab)) {
            CamelbackConfig copy = read(home.folder());

            assertThat(copy)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes("deployments\\..*\\.(timeouts|retry|breaker)", ".*\\.line")
                    .isEqualTo(shipped);
            assertThat(copy.deployments().values())
                    .extracting(deployment -> deployment.timeouts().firstToken())
                    .containsOnly(DemoHome.FIRST_TOKEN);
            assertThat(copy.deployments().values())
                    .extracting(deployment -> deployment.breaker().cooldown())
                    .containsOnly(DemoHome.COOLDOWN);
            assertThat(copy.deployments().values())
                    .extracting(deployment -> deployment.retry().maxDelay())
                    .allMatch(delay -> delay.compareTo(Duration.ofMillis(100)) < 0);
            assertThat(home.folder().resolve("routes/chains/premium.camel.yaml"))
                    .hasSameTextualContentAs(Path.of("routes/chains/premium.camel.yaml"));
        }
    }

    @Test
    void an_own_provider_with_an_own_key_is_asked_at_the_lab(@TempDir Path own) throws IOException {
        Files.createDirectories(own.resolve("routes"));
        Files.createDirectories(own.resolve("config"));
        Files.writeString(own.resolve("config/camelback.yaml"), """
                providers:
                  acme: { base-url: "https://llm.acme.example/v1", api-key: sk-real }
                  openai: { base-url: "https://proxy.acme.example/v1" }
                deployments:
                  acme-large: { provider: acme, model: acme-large-1 }
                  gpt: { provider: openai, model: gpt-6-sol }
                """);
        try (DemoHome home = DemoHome.of(own, lab)) {
            assertThat(read(home.folder()).deployments().values())
                    .extracting(Deployment::provider)
                    .allSatisfy(provider -> assertThat(provider.baseUrl()).startsWith("http://127.0.0.1:"));
        }
    }

    @Test
    void nothing_is_left_behind() throws IOException {
        DemoHome home = DemoHome.of(Path.of("."), lab);
        assertThat(home.folder()).isDirectoryRecursivelyContaining("glob:**/premium.camel.yaml");

        home.close();

        assertThat(home.folder()).doesNotExist();
    }
}
