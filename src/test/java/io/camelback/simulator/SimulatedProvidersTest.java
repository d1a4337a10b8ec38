package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedProvidersTest {

    @Test
    void the_environment_leads_each_provider_s_sdk_to_its_simulator() throws Exception {
        try (SimulatedProviders lab = SimulatedProviders.start()) {
            Map<String, String> environment = lab.environment();

            assertThat(environment)
                    .containsEntry("OPENAI_BASE_URL", lab.openAi().url() + "/v1")
                    .containsEntry("OPENAI_API_KEY", "sim-openai")
                    .containsEntry("ANTHROPIC_BASE_URL", lab.anthropic().url())
                    .containsEntry("GEMINI_BASE_URL", lab.gemini().url())
                    .containsEntry("LOCAL_BASE_URL", lab.local().url() + "/v1")
                    .containsEntry("NANOGPT_BASE_URL", lab.compatible().url() + "/nanogpt/v1")
                    .doesNotContainKey("LOCAL_API_KEY");
            assertThat(environment.keySet().stream().filter(name -> name.endsWith("_BASE_URL")))
                    .hasSize(12);
            assertThat(environment.keySet().stream().filter(name -> name.endsWith("_API_KEY")))
                    .hasSize(11);
        }
    }

    @Test
    void all_of_them_answer() throws Exception {
        try (SimulatedProviders lab = SimulatedProviders.start()) {
            for (SimulatedProvider provider : lab.providers()) {
                assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body())
                        .contains("Hello from sim.");
            }
            assertThat(SimulatedRequestCase.post(
                                    lab.compatible(),
                                    "/deepseek/v1/chat/completions",
                                    SimulatedRequestCase.OPENAI.body(false, ""))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(lab.compatible().received().get(1).path()).isEqualTo("/deepseek/v1/chat/completions");
        }
    }
}
