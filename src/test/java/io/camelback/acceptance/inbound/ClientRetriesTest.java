package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official clients with their own retries as they are shipped: what they do when nobody can answer. Google's looks
 * at no header and sends everything five times, so it is told not to, as docs/retries.md says.
 */
class ClientRetriesTest {
    /** Claude, then GPT, and no answer in their place. */
    private static final String CHAIN = "strict";

    private static final List<String> LINKS = List.of("claude-opus", "gpt");

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> config.replace("  gpt-mini:\n", "  gpt-mini:\n    budget: { month: 0.000001 }\n"));

    /** A client as its maker ships it, but for its address. */
    enum Shipped {
        OPENAI {
            @Override
            void ask(URI base, String model) {
                OpenAIClient client = OpenAIOkHttpClient.builder()
                        .baseUrl(base + "/v1")
                        .apiKey("any")
                        .build();
                try {
                    client.chat()
                            .completions()
                            .create(ChatCompletionCreateParams.builder()
                                    .model(model)
                                    .addUserMessage("hi")
                                    .build());
                } finally {
                    client.close();
                }
            }
        },
        ANTHROPIC {
            @Override
            void ask(URI base, String model) {
                AnthropicClient client = AnthropicOkHttpClient.builder()
                        .baseUrl(base.toString())
                        .apiKey("any")
                        .build();
                try {
                    client.messages()
                            .create(MessageCreateParams.builder()
                                    .model(model)
                                    .maxTokens(9)
                                    .addUserMessage("hi")
                                    .build());
                } finally {
                    client.close();
                }
            }
        },
        GOOGLE {
            @Override
            void ask(URI base, String model) {
                try (Client client = Client.builder()
                        .apiKey("any")
                        .httpOptions(HttpOptions.builder()
                                .baseUrl(base.toString())
                                .retryOptions(
                                        HttpRetryOptions.builder().attempts(1).build())
                                .build())
                        .build()) {
                    client.models.generateContent(model, "hi", null);
                }
            }
        };

        abstract void ask(URI base, String model);
    }

    static Stream<Arguments> down() {
        return Stream.of(Shipped.values())
                .flatMap(client -> Stream.of(
                        Arguments.of(client, "503", SimulatedFault.status(503)),
                        Arguments.of(
                                client,
                                "529 for 20 s",
                                SimulatedFault.status(529).header("Retry-After", "20")),
                        Arguments.of(client, "500", SimulatedFault.status(500)),
                        Arguments.of(client, "reset", SimulatedFault.resetBeforeHeaders()),
                        Arguments.of(
                                client,
                                "429 for 50 ms",
                                SimulatedFault.status(429).header("retry-after-ms", "50")),
                        Arguments.of(client, "401", SimulatedFault.status(401))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void down(Shipped client, String what, SimulatedFault fault) {
        DRILL.gateway().lab.providers().forEach(provider -> provider.script().always(fault));

        assertThatThrownBy(() -> client.ask(DRILL.gateway().uri(""), CHAIN)).isNotNull();

        for (String link : LINKS) {
            assertThat(DRILL.asked(link)).as("calls to %s", link).isBetween(1, 3);
        }
    }

    @DisplayName("F1 official clients hear of a used-up budget at once")
    @ParameterizedTest
    @EnumSource
    void a_budget_that_is_used_up_is_told_at_once(Shipped client) {
        assertThatThrownBy(() -> client.ask(DRILL.gateway().uri(""), "gpt-mini"))
                .hasMessageContaining("budget");
        assertThat(DRILL.asked("gpt-mini")).isZero();
    }

    @DisplayName("F1 a wait above a minute is not to be slept through")
    @Test
    void a_wait_above_a_minute_is_not_for_clients_to_sleep_through() throws Exception {
        HttpResponse<String> refused = DRILL.ask("gpt-mini", false);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
        assertSameTime(refused, Json.read(refused.body()).at("/error/message").asText());
    }

    @Test
    void a_short_wait_for_links_that_are_left_alone_is_worth_another_try() throws Exception {
        LINKS.forEach(
                link -> DRILL.gateway().vitals.cooldowns().coolDown(link, Duration.ofMillis(20_300), "by the test"));

        HttpResponse<String> refused = DRILL.gateway()
                .post("/v1beta/models/strict:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");

        assertThat(header(refused, "x-should-retry")).isNull();
        JsonNode error = Json.read(refused.body()).path("error");
        long seconds = assertSameTime(refused, error.path("message").asText());
        assertThat(seconds).isLessThanOrEqualTo(60);
        assertThat(error.path("details").findValuesAsText("retryDelay")).containsExactly(seconds + "s");
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void overloaded_links_that_were_asked_again_are_told_with_one_time_and_not_to_be_retried() throws Exception {
        DRILL.gateway().lab.providers().forEach(provider -> provider.script().always(SimulatedFault.status(503)));

        HttpResponse<String> refused = DRILL.gateway()
                .post("/v1beta/models/strict:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");

        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
        JsonNode error = Json.read(refused.body()).path("error");
        assertThat(error.path("details").findValuesAsText("retryDelay"))
                .containsExactly(assertSameTime(refused, error.path("message").asText()) + "s");
    }

    private static long assertSameTime(HttpResponse<String> refused, String message) {
        long seconds = Long.parseLong(header(refused, "Retry-After"));
        assertThat(header(refused, "retry-after-ms"))
                .isEqualTo(String.valueOf(Duration.ofSeconds(seconds).toMillis()));
        assertThat(message).contains("Try again in " + seconds + " seconds.");
        return seconds;
    }
}
