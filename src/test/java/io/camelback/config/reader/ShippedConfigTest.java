package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.Deployment;
import io.camelback.config.LoadedConfig;
import io.camelback.config.RoutingSettings;
import io.camelback.config.ServerSettings;
import io.camelback.config.TimeoutSettings;
import io.camelback.pricing.ModelPrice;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.ConfigReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file as shipped, in an environment that knows no provider. */
class ShippedConfigTest {
    private static final Set<String> CHAINS =
            Set.of("auto", "premium", "balanced", "economy", "local", "strict", "agent", "cascade", "fast");
    private static final Set<String> EMBEDDERS = Set.of("embeddings", "embeddings-large");
    private static String yaml;
    private static LoadedConfig loaded;

    @BeforeAll
    static void read() throws IOException {
        yaml = Files.readString(Path.of(ConfigReading.FILE));
        loaded = ConfigReading.read(yaml, Map.of());
    }

    @Test
    void has_all_deployments_in_order() {
        assertThat(loaded.config().deployments().keySet())
                .containsExactly(
                        "claude-opus",
                        "gpt",
                        "gpt-responses",
                        "gemini-pro",
                        "claude-sonnet",
                        "openai-4o",
                        "grok",
                        "deepseek-pro",
                        "glm",
                        "glm-nano",
                        "minimax",
                        "claude-haiku",
                        "gpt-mini",
                        "openai-4o-mini",
                        "gemini-flash",
                        "deepseek",
                        "groq-llama",
                        "mistral-small",
                        "local-qwen",
                        "local-llama",
                        "embed-small",
                        "embed-small-openrouter",
                        "embed-large",
                        "embed-large-openrouter",
                        "embed-gemini",
                        "embed-local");
    }

    @Test
    void without_keys_only_the_local_ones_are_usable() {
        assertThat(loaded.config().deployments().values())
                .filteredOn(Deployment::usable)
                .extracting(Deployment::name)
                .containsExactly("local-qwen", "local-llama", "embed-local");
    }

    @Test
    void each_missing_key_is_warned_of_once() {
        assertThat(loaded.warnings())
                .contains(
                        "ANTHROPIC_API_KEY is not set: claude-opus, claude-sonnet, claude-haiku are disabled; chains go on without them",
                        "GROQ_API_KEY is not set: groq-llama is disabled; chains go on without it")
                .hasSize(11);
    }

    @Test
    void with_all_keys_there_is_nothing_to_warn_of() {
        LoadedConfig complete =
                CamelbackConfigReader.read(yaml, ConfigReading.FILE, name -> name.endsWith("_API_KEY") ? "key" : null);
        assertThat(complete.warnings()).isEmpty();
        assertThat(complete.config().deployments().values()).allMatch(Deployment::usable);
    }

    @Test
    void every_alias_points_to_something() {
        assertThat(loaded.config().checkTargets(CHAINS, EMBEDDERS)).isEmpty();
    }

    @Test
    @DisplayName("F2 no deployment has the public name of a model, which would have no fallback")
    void public_names() {
        assertThat(loaded.config().deployments().values())
                .noneMatch(deployment -> loaded.config().deployments().containsKey(deployment.model()));
    }

    @Test
    void every_task_is_known_by_something_and_goes_somewhere() {
        assertThat(loaded.config().routing().tasks().values()).allSatisfy(task -> {
            assertThat(task.words().isEmpty() && task.mark() == null)
                    .as(task.name())
                    .isFalse();
            assertThat(task.chain()).as(task.name()).isIn(CHAINS);
        });
    }

    @Test
    void every_deployment_has_a_price_a_context_and_a_use() {
        assertThat(loaded.config().deployments().values()).allSatisfy(deployment -> {
            assertThat(deployment.price().input()).as(deployment.name()).isNotNull();
            assertThat(deployment.price().output() == null)
                    .as(deployment.name())
                    .isEqualTo(deployment.embeds());
            assertThat(deployment.context()).as(deployment.name()).isPositive();
            assertThat(deployment.useFor()).as(deployment.name()).isNotEmpty();
        });
    }

    @Test
    void says_in_defaults_what_is_built_in() {
        Deployment bare = ConfigReading.deployment("deployments: { a: { provider: local, model: m } }");
        Deployment shipped = loaded.config().deployment("glm").orElseThrow();
        assertThat(shipped.timeouts()).isEqualTo(bare.timeouts());
        assertThat(shipped.retry()).isEqualTo(bare.retry());
        assertThat(shipped.breaker()).isEqualTo(bare.breaker());
        assertThat(shipped.maxInFlight()).isEqualTo(bare.maxInFlight());
        assertThat(loaded.config().server()).isEqualTo(ServerSettings.DEFAULT);
        assertThat(loaded.config().routing().scoring()).isEqualTo(RoutingSettings.ScoringWeights.DEFAULT);
        assertThat(loaded.config().routing().threshold()).isEqualByComparingTo(RoutingSettings.DEFAULT.threshold());
        assertThat(RoutingSettings.DEFAULT.tasks().keySet())
                .allSatisfy(task -> assertThat(
                                loaded.config().routing().tasks().get(task).depth())
                        .isEqualByComparingTo(
                                RoutingSettings.DEFAULT.tasks().get(task).depth()));
    }

    @Test
    void knows_what_the_premium_model_is() {
        Deployment opus = loaded.config().deployment("claude-opus").orElseThrow();
        assertThat(opus.kamelet()).isEqualTo("anthropic-chat-action");
        assertThat(opus.tier()).isEqualTo(1);
        assertThat(opus.context()).isEqualTo(1_000_000);
        ModelPrice standard = new ModelPrice(4_000_000L, 20_000_000L, 200_000L, 5_000_000L);
        assertThat(opus.price().forTier(null).orElseThrow().at(1))
                .extracting(ModelPrice::input, ModelPrice::output, ModelPrice::cached, ModelPrice::cacheWrite)
                .containsExactly(standard.input(), standard.output(), standard.cached(), standard.cacheWrite());
        assertThat(opus.price().serviceTiers()).containsOnlyKeys("priority");
        assertThat(opus.unsupported())
                .containsExactlyInAnyOrder(
                        UnsupportedParameter.TEMPERATURE,
                        UnsupportedParameter.TOP_P,
                        UnsupportedParameter.TOP_K,
                        UnsupportedParameter.FORCED_TOOL_CHOICE,
                        UnsupportedParameter.PREFILL,
                        UnsupportedParameter.THINKING_BUDGET,
                        UnsupportedParameter.THINKING_OFF);
        assertThat(opus.timeouts())
                .isEqualTo(new TimeoutSettings(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(600)));
    }

    @Test
    void takes_the_local_context_from_the_variable_that_ollama_reads() {
        assertThat(loaded.config().deployment("local-qwen").orElseThrow().context())
                .isEqualTo(4096);
        LoadedConfig larger = ConfigReading.read(yaml, Map.of("OLLAMA_CONTEXT_LENGTH", "32768"));
        assertThat(larger.config().deployment("local-qwen").orElseThrow().context())
                .isEqualTo(32_768);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "claude-opus-5-5, premium",
        "claude-3-opus-latest, premium",
        "claude-fable-5-2, premium",
        "claude-sonnet-5-5, balanced",
        "claude-3-7-sonnet-20250219, balanced",
        "claude-haiku-4-5-20251001, economy",
        "gpt-6-sol, premium",
        "gpt-5.5, premium",
        "gpt-5.4-mini, economy",
        "gpt-5-nano, economy",
        "gpt-6-luna, economy",
        "gpt-4.1, balanced",
        "gpt-4-turbo, balanced",
        "gpt-3.5-turbo, economy",
        "chatgpt-4o-latest, balanced",
        "o1, premium",
        "o3-pro, premium",
        "o4-mini, economy",
        "gemini-2.5-pro, premium",
        "gemini-4-argon, premium",
        "gemini-3.8-flash, economy",
        "gemini-2.5-flash-lite, economy",
        "gemini-embedding-001, embed-gemini",
        "text-embedding-3-small, embeddings",
        "text-embedding-3-large, embeddings-large",
        "gpt-4o, balanced",
        "gpt-4o-mini, economy",
        "llama-9, ",
        "my-claude-opus, "
    })
    void understands_the_names_that_clients_have_built_in(String model, String chain) {
        assertThat(loaded.config().aliasTarget(model).orElse(null)).isEqualTo(chain);
    }

    @Test
    void spreads_premium_over_three_providers() {
        Map<Integer, List<String>> byTier = loaded.config().deployments().values().stream()
                .collect(Collectors.groupingBy(
                        Deployment::tier,
                        Collectors.mapping(deployment -> deployment.provider().name(), Collectors.toList())));
        assertThat(byTier.get(1)).containsExactly("anthropic", "openai", "openai", "gemini");
        assertThat(byTier.get(3)).containsOnly("local");
    }

    @Test
    void embeddings_are_made_by_models_that_do_nothing_else() {
        assertThat(loaded.config().deployments().values())
                .filteredOn(Deployment::embeds)
                .hasSize(6)
                .allSatisfy(deployment -> {
                    assertThat(deployment.name()).startsWith("embed-");
                    assertThat(deployment.kamelet()).endsWith("-embeddings-action");
                    assertThat(deployment.capabilities()).isEmpty();
                });
    }
}
