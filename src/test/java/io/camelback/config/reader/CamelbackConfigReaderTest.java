package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.StreamCommitMode;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.CircuitBreakerSettings;
import io.camelback.config.Deployment;
import io.camelback.config.ModelAlias;
import io.camelback.config.RetrySettings;
import io.camelback.config.TimeoutSettings;
import io.camelback.pricing.ModelPrice;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.ConfigReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What good files mean. */
class CamelbackConfigReaderTest {
    @Test
    void a_bare_deployment_has_the_built_in_values() {
        Deployment bare = ConfigReading.deployment("deployments: { a: { provider: openai, model: m } }");
        assertThat(bare.timeouts())
                .isEqualTo(new TimeoutSettings(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5)));
        assertThat(bare.retry())
                .isEqualTo(new RetrySettings(2, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(3)));
        assertThat(bare.breaker()).isEqualTo(new CircuitBreakerSettings(5, Duration.ofMinutes(1), OptionalInt.empty()));
        assertThat(bare.maxInFlight()).isEqualTo(1000);
        assertThat(bare.streamUpstream()).isTrue();
        assertThat(bare.tier()).isEqualTo(2);
        assertThat(bare.price()).isEqualTo(ModelPrice.UNKNOWN);
        assertThat(bare.context()).isZero();
        assertThat(bare.maxOutput()).isZero();
        assertThat(bare.useFor()).isEmpty();
        assertThat(bare.unsupported()).containsExactly(UnsupportedParameter.IMAGE_OUTPUT);
    }

    @Test
    void defaults_hold_until_a_deployment_says_otherwise() {
        Map<String, Deployment> deployments =
                ConfigReading.read("""
                defaults:
                  timeouts: { connect: 1s, first-token: 8s }
                  retry: { attempts: 0 }
                  breaker: { rate: 50 }
                  max-in-flight: 10
                deployments:
                  plain: { provider: local, model: m }
                  own:
                    provider: local
                    model: m
                    timeouts: { first-token: 2m }
                    breaker: { failures: 9, cooldown: 1h }
                    max-in-flight: 20
                    stream-upstream: false
                """, Map.of()).config().deployments();
        Deployment plain = deployments.get("plain");
        Deployment own = deployments.get("own");
        assertThat(plain.timeouts().firstToken()).isEqualTo(Duration.ofSeconds(8));
        assertThat(plain.retry().attempts()).isZero();
        assertThat(plain.breaker()).isEqualTo(new CircuitBreakerSettings(5, Duration.ofMinutes(1), OptionalInt.of(50)));
        assertThat(own.timeouts())
                .isEqualTo(new TimeoutSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5)));
        assertThat(own.breaker()).isEqualTo(new CircuitBreakerSettings(9, Duration.ofHours(1), OptionalInt.of(50)));
        assertThat(List.of(plain.maxInFlight(), own.maxInFlight())).containsExactly(10, 20);
        assertThat(own.streamUpstream()).isFalse();
    }

    @Test
    void refusals_are_those_of_the_provider_and_its_own() {
        Deployment groq = ConfigReading.deployment(
                "deployments: { a: { provider: groq, model: m, unsupported: [json-schema, effort] } }");
        assertThat(groq.unsupported())
                .containsExactlyInAnyOrder(
                        UnsupportedParameter.LOGPROBS,
                        UnsupportedParameter.IMAGE_OUTPUT,
                        UnsupportedParameter.MESSAGE_NAME,
                        UnsupportedParameter.DEVELOPER_ROLE,
                        UnsupportedParameter.JSON_SCHEMA,
                        UnsupportedParameter.EFFORT);
        assertThat(groq.provider().refuses()).doesNotContain(UnsupportedParameter.EFFORT);
        assertThat(groq.capabilities()).containsExactly("tools");
    }

    @Test
    void any_value_may_come_from_the_environment() {
        Deployment deployment = ConfigReading.read("""
                deployments:
                  a:
                    provider: "{{env:WHO}}"
                    model: "models/{{env:MODEL}}-{{env:SIZE:8b:q4}}"
                    context: "{{env:CONTEXT}}"
                    capabilities: ["{{env:CAN:vision}}"]
                """, Map.of("WHO", "local", "MODEL", "$1\\qwen", "CONTEXT", "8192"))
                .config()
                .deployment("a")
                .orElseThrow();
        assertThat(deployment.provider().name()).isEqualTo("local");
        assertThat(deployment.model()).isEqualTo("models/$1\\qwen-8b:q4");
        assertThat(deployment.context()).isEqualTo(8192);
        assertThat(deployment.capabilities()).isEqualTo(Set.of("vision"));
    }

    @Test
    void an_anchor_may_be_used_again() {
        Map<String, Deployment> deployments =
                ConfigReading.read("""
                deployments:
                  a: { provider: local, model: m, timeouts: &slow { first-token: 1m } }
                  b: { provider: local, model: m, timeouts: *slow }
                """, Map.of()).config().deployments();
        assertThat(deployments.get("b").timeouts())
                .isEqualTo(deployments.get("a").timeouts());
        assertThat(deployments.get("b").timeouts().firstToken()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void empty_groups_are_as_good_as_none() {
        Deployment deployment = ConfigReading.deployment("""
                providers:
                defaults:
                  # timeouts: { connect: 1s }
                aliases: {}
                deployments:
                  a:
                    provider: local
                    model: m
                    timeouts:
                """);
        assertThat(deployment.timeouts().connect()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aliases_to_unknown_targets_are_problems_once_the_chains_are_known() {
        CamelbackConfig config = ConfigReading.read("""
                deployments: { opus: { provider: local, model: m } }
                aliases:
                  a-*: premium
                  b-*: opus
                  c-*: auto
                  d-*: premum
                  e-*: "{{env:TARGET:nowhere}}"
                """, Map.of()).config();
        assertThat(config.checkTargets(Set.of("premium"), Set.of()))
                .extracting(problem -> problem.in(ConfigReading.FILE))
                .containsExactly(
                        "config/camelback.yaml:6: aliases.d-*: refers to \"premum\", which is neither a chain nor a deployment that chats. "
                                + "Did you mean premium? Allowed: premium, opus, auto",
                        "config/camelback.yaml:7: aliases.e-*: refers to \"nowhere\", which is neither a chain nor a deployment that chats. "
                                + "Allowed: premium, opus, auto");
    }

    @Test
    @DisplayName("F4 a whole name may stand for embeddings, a pattern may not")
    void aliases_of_embeddings() {
        CamelbackConfig config = ConfigReading.read("""
                deployments: { vectors: { provider: local, model: m, api: embeddings } }
                aliases:
                  public-name: vectors
                  other-name: all-vectors
                  other-*: vectors
                """, Map.of()).config();
        assertThat(config.checkTargets(Set.of("premium"), Set.of("all-vectors")))
                .extracting(problem -> problem.in(ConfigReading.FILE))
                .containsExactly("config/camelback.yaml:5: aliases.other-*: is a pattern for \"vectors\", which makes"
                        + " embeddings. Write the whole name of one model: vectors of different models do not compare");
    }

    @Test
    void what_holds_for_a_chain_stands_under_its_name() {
        CamelbackConfig config = ConfigReading.read("""
                deployments: { opus: { provider: local, model: m } }
                chains:
                  premium: { commit: full }
                  opus: { commit: continue }
                  auto: {}
                  economy:
                """, Map.of()).config();
        assertThat(config.chain("premium").commit()).isEqualTo(StreamCommitMode.FULL);
        assertThat(config.chain("opus").commit()).isEqualTo(StreamCommitMode.CONTINUE);
        assertThat(List.of("auto", "economy", "nobody"))
                .allSatisfy(name -> assertThat(config.chain(name).commit()).isEqualTo(StreamCommitMode.FIRST_TOKEN));
        assertThat(config.checkTargets(Set.of("premium"), Set.of()))
                .extracting(problem -> problem.in(ConfigReading.FILE))
                .containsExactly(
                        "config/camelback.yaml:6: chains.economy: is neither a chain nor a deployment that chats. "
                                + "Allowed: premium, opus, auto");
    }

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "claude-*, claude-opus, true",
        "claude-*, claude-, true",
        "claude-*, claude, false",
        "*-mini*, gpt-5-mini, true",
        "*-mini*, gemini-pro, false",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXbXcX, false",
        "o1, o1, true",
        "o1, o1-pro, false",
        "*, '', true",
        "gpt.4, gpt-4, false",
        "GPT-*, gpt-4, false"
    })
    void a_pattern_matches_the_whole_name(String pattern, String model, boolean matches) {
        assertThat(new ModelAlias(pattern, "premium", 1).matches(model)).isEqualTo(matches);
    }

    @Test
    void a_configuration_cannot_be_changed() {
        CamelbackConfig config = ConfigReading.read("deployments: { a: { provider: local, model: m } }", Map.of())
                .config();
        assertThatThrownBy(() -> config.deployments().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.providers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(config.deployment("b")).isEmpty();
    }
}
