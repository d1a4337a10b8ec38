package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.direct.ChatFailedException;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Camel runtime of someone else's, with nothing of Camelback but its jar on the class path. */
class HostRuntimeTest extends HostRuntimeTestBase {
    @Test
    void a_map_is_answered_with_a_map() {
        start();

        Map<?, ?> answer = template.requestBody("direct:chat", REQUEST, Map.class);

        assertThat(answer.get("object")).isEqualTo("chat.completion");
        assertThat(answer.get("model")).isEqualTo("claude-opus-5-5");
        assertThat(answer.get("choices").toString()).contains(HELLO);
        assertThat(lab.anthropic().received().get(0).header("x-api-key")).isEqualTo("sim-anthropic");
    }

    @Test
    void json_is_answered_in_kind() throws Exception {
        start();
        String json = Json.text(Json.of(REQUEST));
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        Object text = template.requestBody("direct:chat", json);
        Object raw = template.requestBody("direct:chat", bytes);
        Object streamed = template.requestBody("direct:chat", new ByteArrayInputStream(bytes));
        Object node = template.requestBody("direct:chat", Json.read(json));

        assertThat(text).isInstanceOf(String.class);
        assertThat(raw).isInstanceOf(byte[].class);
        assertThat(streamed).isInstanceOf(byte[].class);
        assertThat(node).isInstanceOf(ObjectNode.class);
        assertThat(List.of(Json.read((String) text), Json.read((byte[]) raw), Json.read((byte[]) streamed), (JsonNode)
                        node))
                .allSatisfy(answer -> assertThat(
                                answer.at("/choices/0/message/content").asText())
                        .isEqualTo(HELLO));
    }

    @Test
    void a_chat_request_is_answered_with_a_chat_answer() {
        start();

        Object answer = template.requestBody("direct:chat", ChatRequest.of("gpt", "hi"));

        assertThat(answer).isInstanceOfSatisfying(ChatAnswer.class, chat -> {
            assertThat(chat.text()).isEqualTo("Hello from gpt-6-sol.");
            assertThat(chat.usage().output()).isEqualTo(3);
        });
    }

    @Test
    void a_chain_can_be_called_by_its_own_name() throws Exception {
        start();

        String answer = template.requestBody("direct:premium", REQUEST, String.class);
        byte[] pinned = template.requestBody("direct:gemini-pro", REQUEST, byte[].class);

        assertThat(Json.read(answer).at("/choices/0/message/content").asText()).isEqualTo(HELLO);
        assertThat(Json.read(pinned).at("/choices/0/message/content").asText()).isEqualTo("Hello from gemini-4-argon.");
    }

    @Test
    void a_stream_comes_as_server_sent_events() throws Exception {
        start();
        Map<String, Object> request = new HashMap<>(REQUEST);
        request.put("stream", true);
        lab.anthropic().answer(SimulatedCompletion.words(20));

        String events;
        try (InputStream stream = (InputStream) template.requestBody("direct:chat", request)) {
            events = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(events).startsWith("data: {").endsWith("data: [DONE]\n\n").contains("word1", "word20");
    }

    @Test
    void the_next_link_answers_when_one_fails() {
        lab.anthropic().script().always(SimulatedFault.status(529));
        start();

        assertThat(template.requestBody("direct:chat", ChatRequest.of("premium", "hi")))
                .isInstanceOfSatisfying(
                        ChatAnswer.class, chat -> assertThat(chat.text()).isEqualTo("Hello from gpt-6-sol."));
    }

    @Test
    void a_failure_says_what_a_caller_over_http_would_be_told() {
        lab.anthropic().script().always(SimulatedFault.status(529));
        lab.openAi().script().always(SimulatedFault.status(529));
        start();

        assertThat(failed(ChatRequest.of("strict", "hi"))).satisfies(failure -> {
            assertThat(failure.error().status()).isEqualTo(503);
            assertThat(failure.error().code()).isEqualTo("upstream_unavailable");
            assertThat(failure.error().retryAfter()).isPositive();
        });
        assertThat(failed(ChatRequest.of("nobody", "hi")).error().status()).isEqualTo(404);
        assertThat(failed(Map.of("model", "premium")).error().param()).isEqualTo("messages");
        assertThat(failed("{").error().code()).isEqualTo("invalid_json");
        assertThat(failed(7).error().status()).isEqualTo(400);
    }

    private ChatFailedException failed(Object request) {
        return failed("direct:chat", request);
    }

    private ChatFailedException failed(String endpoint, Object request) {
        Throwable thrown = catchThrowable(() -> template.requestBody(endpoint, request));
        assertThat(thrown).isInstanceOf(CamelExecutionException.class).hasCauseInstanceOf(ChatFailedException.class);
        return (ChatFailedException) thrown.getCause();
    }

    @Test
    void a_chain_that_is_called_by_name_fails_as_direct_chat_does() {
        lab.anthropic().script().always(SimulatedFault.status(529));
        lab.openAi().script().always(SimulatedFault.status(529));
        start();

        assertThat(failed("direct:strict", REQUEST).error().code()).isEqualTo("upstream_unavailable");
        assertThat(failed("direct:local", "no request").error().code()).isEqualTo("invalid_json");
        assertThat(failed("direct:embeddings", REQUEST).error().param()).isEqualTo("input");
        assertThat(lab.local().received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:chat", "direct:premium", "direct:claude-opus"})
    void the_hosts_headers_and_variables_are_kept_and_the_answers_facts_are_told(String endpoint) {
        start();

        Exchange answered = template.request(endpoint, exchange -> {
            exchange.getMessage().setBody(REQUEST);
            exchange.getMessage().setHeader("my-header", "mine");
            exchange.getMessage().setHeader("CamelbackDegraded", "of an earlier question");
            exchange.setVariable("deployment", "prod-eu");
            exchange.setVariable("task", "invoices");
        });

        Map<String, Object> headers = answered.getMessage().getHeaders();
        assertThat(headers)
                .containsEntry("my-header", "mine")
                .containsEntry("CamelbackModel", "claude-opus")
                .containsEntry("CamelbackAttempts", "1")
                .containsEntry("CamelbackOutputTokens", 3L)
                .containsKeys("CamelbackRequestId", "CamelbackChain", "CamelbackCostUsd")
                .doesNotContainKey("CamelbackDegraded");
        assertThat(answered.getVariables()).containsOnly(entry("deployment", "prod-eu"), entry("task", "invoices"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:chat", "direct:strict"})
    void a_failure_gives_the_message_back_as_it_was(String endpoint) {
        lab.anthropic().script().always(SimulatedFault.status(529));
        lab.openAi().script().always(SimulatedFault.status(529));
        Map<String, Object> request = new HashMap<>(REQUEST);
        request.put("model", "strict");
        start();

        Exchange failed = template.request(endpoint, exchange -> {
            exchange.getMessage().setBody(request);
            exchange.getMessage().setHeader("my-header", "mine");
            exchange.setVariable("deployment", "prod-eu");
        });

        assertThat(failed.getException()).isInstanceOf(ChatFailedException.class);
        assertThat(failed.getMessage().getBody()).isSameAs(request);
        assertThat(failed.getMessage().getHeaders()).containsOnly(entry("my-header", "mine"));
        assertThat(failed.getVariables()).containsOnly(entry("deployment", "prod-eu"));
    }

    @Test
    void what_a_caller_says_in_headers_counts() {
        lab.anthropic().script().always(SimulatedFault.status(529));
        start();

        Exchange alone = template.request("direct:chat", exchange -> {
            exchange.getMessage().setBody(REQUEST);
            exchange.getMessage().setHeader("x-camelback-no-fallback", "true");
        });
        Exchange wrong = template.request("direct:chat", exchange -> {
            exchange.getMessage().setBody(REQUEST);
            exchange.getMessage().setHeader("x-camelback-timeout-ms", "soon");
        });

        assertThat(alone.getException()).isInstanceOf(ChatFailedException.class);
        assertThat(lab.openAi().received()).isEmpty();
        assertThat(wrong.getException(ChatFailedException.class).error().param())
                .isEqualTo("x-camelback-timeout-ms");
    }

    @Test
    void the_hosts_health_has_a_check() {
        start();

        HealthCheck check = host.getRegistry().findSingleByType(HealthCheck.class);

        assertThat(check.getGroup() + "/" + check.getId()).isEqualTo("camelback/bundle");
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(check.call().getDetails()).containsKeys("keys.missing", "chains.down");
    }
}
