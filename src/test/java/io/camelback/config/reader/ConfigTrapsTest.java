package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.TimeoutSettings;
import io.camelback.config.yaml.ConfigException;
import io.camelback.routing.ModelResolver;
import io.camelback.testkit.ConfigReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of docs/wire-formats.md, section 9 that the configuration answers. */
class ConfigTrapsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gpt-6-sol, premium",
        "openai/gpt-6-sol, premium",
        "models/gemini-4-argon, premium",
        "gpt-6:thinking, premium",
        "openrouter/openai/gpt-6:free, premium",
        "claude-opus-5-5-20260901, premium",
        "claude-opus-5-5@20260901, premium",
        "us.anthropic.claude-opus-4-20250514-v1:0, premium",
        "anthropic.claude-opus-5, premium",
        "deepseek/mine, mine",
        "nobody, ",
        "nobody/, ",
        "/, ",
        "anthropic., "
    })
    void trap_43_a_model_is_known_by_the_names_that_others_give_it(String asked, String target) {
        CamelbackConfig config = ConfigReading.read(
                        "deployments: { mine: { provider: local, model: m } }\n"
                                + "aliases: { claude-*opus*: premium, gpt-6*: premium, gemini-4-*: premium }\n",
                        Map.of())
                .config();

        assertThat(ModelResolver.chatting(config, List.of("premium"), List.of())
                        .resolve(asked)
                        .orElse(null))
                .isEqualTo(target);
    }

    @Test
    void trap_50_every_timer_can_be_set_for_one_model_and_thinking_may_take_minutes() {
        TimeoutSettings timeouts = ConfigReading.deployment(
                        "deployments: { slow: { provider: local, model: m, "
                                + "timeouts: { connect: 5s, tls: 6s, headers: 1m, first-token: 10m, idle: 300s, total: 60m } } }")
                .timeouts();
        TimeoutSettings usual = ConfigReading.deployment("deployments: { usual: { provider: local, model: m } }")
                .timeouts();

        assertThat(timeouts)
                .isEqualTo(new TimeoutSettings(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1)));
        assertThat(usual.connect()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(usual.total()).isLessThan(Duration.ofMinutes(10));
    }

    /**
     * Claude at Bedrock and Vertex is not spoken to: who configures it is told so at the start, and not by a 400 later.
     */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"bedrock", "vertex", "aws"})
    void trap_53_a_cloud_that_is_not_spoken_to_is_refused_at_the_start(String dialect) {
        assertThatThrownBy(() -> ConfigReading.read(
                        "providers: { cloud: { dialect: " + dialect
                                + ", base-url: 'https://bedrock-runtime.us-east-1.amazonaws.com' } }\n"
                                + "deployments: { claude: { provider: cloud, model: 'us.anthropic.claude-opus-5-v1:0' } }",
                        Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("providers.cloud.dialect")
                .hasMessageContaining("openai")
                .hasMessageContaining("anthropic")
                .hasMessageContaining("gemini");
    }
}
