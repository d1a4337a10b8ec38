package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.config.Deployment;
import io.camelback.config.LoadedConfig;
import io.camelback.config.Provider;
import io.camelback.config.yaml.ConfigException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.ConfigReading;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers: built in, from the environment, from the file. */
class BuiltInProvidersTest {
    private static final String CANARY = "sk-canary-7391";
    private static final String ONE = "deployments: { a: { provider: local, model: m } }\n";
    private static final String ACME = """
            providers:
              acme:
                base-url: https://llm.acme.example/v1
                api-key: "{{env:ACME_API_KEY}}"
            deployments:
              acme-large: { provider: acme, model: acme-large-1 }
            """;

    private static Provider provider(String yaml, String name, Map<String, String> environment) {
        return ConfigReading.read(yaml, environment).config().providers().get(name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "openai,     OPENAI,     openai,    https://api.openai.com/v1",
        "anthropic,  ANTHROPIC,  anthropic, https://api.anthropic.com",
        "gemini,     GEMINI,     gemini,    https://generativelanguage.googleapis.com",
        "deepseek,   DEEPSEEK,   openai,    https://api.deepseek.com/v1",
        "openrouter, OPENROUTER, openai,    https://openrouter.ai/api/v1",
        "mistral,    MISTRAL,    openai,    https://api.mistral.ai/v1",
        "groq,       GROQ,       openai,    https://api.groq.com/openai/v1",
        "xai,        XAI,        openai,    https://api.x.ai/v1",
        "zai,        ZAI,        openai,    https://api.z.ai/api/paas/v4",
        "minimax,    MINIMAX,    openai,    https://api.minimax.io/v1",
        "nanogpt,    NANOGPT,    openai,    https://nano-gpt.com/api/v1",
        "local,      LOCAL,      openai,    http://127.0.0.1:11434/v1"
    })
    void is_known_and_follows_its_variables(String name, String variable, String dialect, String baseUrl) {
        Provider bare = provider(ONE, name, Map.of());
        assertThat(bare.dialect()).isEqualTo(dialect);
        assertThat(bare.baseUrl()).isEqualTo(baseUrl);
        assertThat(bare.apiKey()).isNull();
        assertThat(bare.keyVariable()).isEqualTo(variable + "_API_KEY");
        assertThat(bare.usable()).isEqualTo(name.equals("local"));

        Provider set = provider(
                ONE, name, Map.of(variable + "_API_KEY", " key\n", variable + "_BASE_URL", "http://proxy:9/p/"));
        assertThat(set.apiKey()).isEqualTo("key");
        assertThat(set.baseUrl()).isEqualTo("http://proxy:9/p");
        assertThat(set.usable()).isTrue();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "OPENAI,    https://eu.api.openai.com,                        https://eu.api.openai.com/v1",
        "OPENAI,    https://eu.api.openai.com/v1/,                    https://eu.api.openai.com/v1",
        "OPENAI,    http://127.0.0.1:4000/openai,                     http://127.0.0.1:4000/openai",
        "ANTHROPIC, https://api.anthropic.com/,                       https://api.anthropic.com",
        "ANTHROPIC, https://api.anthropic.com/v1,                     https://api.anthropic.com",
        "ANTHROPIC, https://api.minimax.io/anthropic/v1//,            https://api.minimax.io/anthropic",
        "GEMINI,    https://generativelanguage.googleapis.com/v1beta, https://generativelanguage.googleapis.com",
        "GEMINI,    http://localhost:8085/v1/,                        http://localhost:8085",
        "LOCAL,     http://[::1]:11434,                               http://[::1]:11434/v1",
        "ZAI,       https://api.z.ai/api/coding/paas/v4/,             https://api.z.ai/api/coding/paas/v4"
    })
    void a_base_url_is_taken_either_way(String variable, String given, String normal) {
        Provider provider = provider(ONE, variable.toLowerCase(Locale.ROOT), Map.of(variable + "_BASE_URL", given));
        assertThat(provider.baseUrl()).isEqualTo(normal);
    }

    @Test
    void headers_of_a_provider_are_read_and_never_shown() {
        String yaml =
                "providers: { openai: { headers: { Helicone-Auth: 'Bearer {{env:HELICONE_KEY}}', X-Title: My app } } }\n";

        LoadedConfig loaded = ConfigReading.read(yaml + ONE, Map.of("HELICONE_KEY", CANARY));

        Provider openAi = loaded.config().providers().get("openai");
        assertThat(openAi.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("helicone-auth", "Bearer " + CANARY, "x-title", "My app"));
        assertThat(openAi.toString()).contains("helicone-auth, x-title").doesNotContain(CANARY);
        assertThat(loaded.warnings()).noneMatch(warning -> warning.contains("headers"));
    }

    @Test
    void a_key_that_stands_in_a_header_of_the_file_is_warned_of_without_telling_it() {
        LoadedConfig loaded =
                ConfigReading.read("providers: { local: { headers: { api-key: " + CANARY + " } } }\n" + ONE, Map.of());

        assertThat(loaded.warnings())
                .contains("providers.local.headers.api-key is written in the file: put it into an environment"
                        + " variable and write \"{{env:NAME}}\"")
                .noneMatch(warning -> warning.contains(CANARY));
    }

    @Test
    void a_new_provider_takes_five_lines() {
        LoadedConfig loaded = ConfigReading.read(ACME, Map.of("ACME_API_KEY", CANARY));
        Deployment large = loaded.config().deployment("acme-large").orElseThrow();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(large.kamelet()).isEqualTo("openai-chat-action");
        assertThat(large.provider().apiKey()).isEqualTo(CANARY);
        assertThat(large.provider().keyVariable()).isEqualTo("ACME_API_KEY");
        assertThat(large.unsupported())
                .containsExactlyInAnyOrder(
                        UnsupportedParameter.DEVELOPER_ROLE, UnsupportedParameter.MAX_COMPLETION_TOKENS);
        assertThat(large.capabilities()).containsExactlyInAnyOrder("tools", "json-schema");
    }

    @Test
    void a_new_provider_without_its_key_is_disabled() {
        LoadedConfig loaded = ConfigReading.read(ACME, Map.of("ACME_API_KEY", ""));
        assertThat(loaded.config().deployment("acme-large").orElseThrow().usable())
                .isFalse();
        assertThat(loaded.warnings())
                .containsExactly("ACME_API_KEY is not set: acme-large is disabled; chains go on without it");
    }

    @Test
    void a_provider_without_api_key_needs_none() {
        LoadedConfig loaded = ConfigReading.read("""
                providers: { vllm: { base-url: "http://10.0.0.5:8000" } }
                deployments: { a: { provider: vllm, model: m } }
                """, Map.of());
        Deployment deployment = loaded.config().deployment("a").orElseThrow();
        assertThat(deployment.usable()).isTrue();
        assertThat(deployment.provider().baseUrl()).isEqualTo("http://10.0.0.5:8000/v1");
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void a_key_in_the_file_works_but_is_warned_of() {
        LoadedConfig loaded = ConfigReading.read(ACME.replace("{{env:ACME_API_KEY}}", CANARY), Map.of());
        assertThat(loaded.config()
                        .deployment("acme-large")
                        .orElseThrow()
                        .provider()
                        .apiKey())
                .isEqualTo(CANARY);
        assertThat(loaded.warnings())
                .containsExactly(
                        "providers.acme.api-key is written in the file: put it into an environment variable and write \"{{env:NAME}}\"");
    }

    @Test
    void the_file_goes_over_the_environment_and_that_over_what_is_built_in() {
        Provider mistral = provider(
                ONE + """
                providers:
                  mistral: { base-url: "https://eu.mistral.example/v1", api-key: "{{env:EU_KEY:none}}", unsupported: [seed],
                             quota-stop-reasons: [credits_gone, model_context_window_exceeded] }
                """,
                "mistral",
                Map.of("MISTRAL_BASE_URL", "https://other.example/v1", "MISTRAL_API_KEY", "other"));
        assertThat(mistral.baseUrl()).isEqualTo("https://eu.mistral.example/v1");
        assertThat(mistral.apiKey()).isEqualTo("none");
        assertThat(mistral.keyVariable()).isEqualTo("EU_KEY");
        assertThat(mistral.refuses()).containsExactly(UnsupportedParameter.SEED);
        assertThat(mistral.quotaStops()).containsExactlyInAnyOrder("credits_gone", "model_context_window_exceeded");
    }

    @Test
    void one_missing_variable_is_one_warning_whoever_uses_it() {
        LoadedConfig loaded = ConfigReading.read("""
                providers: { proxy: { base-url: "http://proxy/v1", api-key: "{{env:OPENAI_API_KEY}}" } }
                deployments:
                  a: { provider: openai, model: m }
                  b: { provider: proxy, model: m }
                """, Map.of());
        assertThat(loaded.warnings())
                .containsExactly("OPENAI_API_KEY is not set: a, b are disabled; chains go on without them");
    }

    @Test
    void no_key_is_ever_shown() {
        LoadedConfig literal =
                ConfigReading.read(ACME.replace("{{env:ACME_API_KEY}}", CANARY), Map.of("OPENAI_API_KEY", CANARY));
        assertThat(literal.toString()).doesNotContain(CANARY).contains("key present", "key absent");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"base-url", "dialect", "key-required", "unsupported", "quota-stop-reasons"})
    void no_variable_is_shown_in_a_problem(String key) {
        String yaml = ONE + "providers:\n  openai: { " + key + ": \"{{env:SECRET}}\" }\n";
        assertThatThrownBy(() -> ConfigReading.read(yaml, Map.of("SECRET", CANARY + " ")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(ConfigReading.FILE + ":3: providers.openai." + key)
                .hasMessageNotContaining(CANARY);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"'sk-canary-7391 x'", "'${sk-canary-7391}'", "sk-canary-7391\u00e9"})
    void a_key_that_is_none_is_refused_and_not_shown(String key) {
        assertThatThrownBy(() -> ConfigReading.read(ONE, Map.of("XAI_API_KEY", key)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("environment: XAI_API_KEY: holds ")
                .hasMessageNotContaining(CANARY);
        assertThatThrownBy(() -> ConfigReading.read(ONE + "providers: { xai: { api-key: \"" + key + "\" } }", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(ConfigReading.FILE + ":2: providers.xai.api-key: holds ")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void a_key_beside_a_syntax_error_is_not_shown() {
        String yaml = ONE + "providers: { xai: { api-key: " + CANARY + ", ]\n";
        assertThatThrownBy(() -> ConfigReading.read(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not valid YAML")
                .hasMessageNotContaining(CANARY);
    }
}
