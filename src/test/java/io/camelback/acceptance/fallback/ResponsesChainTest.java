package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.FirstLinkFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chains with {@code openai-responses-action} among their links: as the first it fails in every way, as the second it
 * answers.
 */
class ResponsesChainTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped()
            .with(
                    "routes/chains/answers.camel.yaml",
                    chain(
                            "answers",
                            "kamelet:openai-responses-action/gpt-responses",
                            "kamelet:anthropic-chat-action/claude-sonnet"))
            .with(
                    "routes/chains/then-answers.camel.yaml",
                    chain(
                            "then-answers",
                            "kamelet:anthropic-chat-action/claude-opus",
                            "kamelet:openai-responses-action/gpt-responses"));

    private static final String TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
                    + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}],\"reasoning_effort\":\"high\"}";

    private static String chain(String name, String first, String second) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - circuitBreaker:
                            resilience4jConfiguration: { circuitBreaker: %s }
                            steps:
                              - to: %s
                            onFallback:
                              steps:
                                - circuitBreaker:
                                    resilience4jConfiguration:
                                      circuitBreaker: %s
                                      throwExceptionWhenHalfOpenOrOpenState: "true"
                                    steps:
                                      - to: %s
                """.formatted(name, name, first.replaceAll(".*/", ""), first, second.replaceAll(".*/", ""), second);
    }

    static Stream<Arguments> faults() {
        return Stream.of(FirstLinkFault.values())
                .filter(fault -> !fault.takesTime())
                .flatMap(fault -> Stream.of(Arguments.of(fault, false), Arguments.of(fault, true)));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("faults")
    void the_next_link_answers_when_it_is_down(FirstLinkFault down, boolean stream) throws Exception {
        DRILL.script("gpt-responses").always(down.fault);

        HttpResponse<String> response = DRILL.ask("answers", stream);

        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo("claude-sonnet");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo(String.valueOf(down.tries + 1));
        assertThat(RunningGateway.text(response)).isEqualTo(DRILL.hello("claude-sonnet"));
        assertThat(response.headers().toString() + response.body()).doesNotContain("canary", "evil.example");
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void it_answers_after_another_dialect_failed(boolean stream) throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(529));

        HttpResponse<String> response = DRILL.ask("then-answers", stream);

        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo("gpt-responses");
        assertThat(RunningGateway.text(response)).isEqualTo(DRILL.hello("gpt-responses"));
        assertThat(last().path()).isEqualTo("/v1/responses");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1, 2})
    void a_stream_that_breaks_after_its_first_word_is_told(int tokens) throws Exception {
        DRILL.script("gpt-responses")
                .always(tokens == 1 ? SimulatedFault.errorEventAfter(1) : SimulatedFault.resetAfter(1));

        HttpResponse<String> response = DRILL.ask("answers", true);

        assertThat(response.body()).contains("Hello").contains("\"error\"").doesNotContain("[DONE]");
        assertThat(DRILL.asked("claude-sonnet")).isZero();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void tools_and_reasoning_come_through(boolean stream) throws Exception {
        DRILL.gateway()
                .lab
                .openAi()
                .answer(SimulatedCompletion.hello()
                        .reasoning("Let me ", "see.")
                        .toolCall("weather", "{\"city\":\"Bern\"}"));

        String chat = RunningGateway.chat("answers", stream);
        HttpResponse<String> response =
                DRILL.gateway().post("/v1/chat/completions", chat.substring(0, chat.length() - 1) + TOOLS);

        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo("gpt-responses");
        assertThat(last().json().at("/reasoning/effort").asText()).isEqualTo("high");
        if (stream) {
            assertThat(response.body())
                    .contains("\"name\":\"weather\"", "\"tool_calls\"", "\"reasoning_content\":\"Let me \"");
        } else {
            JsonNode message = Json.read(response.body()).at("/choices/0/message");
            assertThat(message.at("/tool_calls/0/function/arguments").asText()).isEqualTo("{\"city\":\"Bern\"}");
            assertThat(message.path("reasoning_content").asText()).isEqualTo("Let me see.");
        }
    }

    private static RecordedRequest last() {
        List<RecordedRequest> all = DRILL.gateway().lab.openAi().received();
        return all.get(all.size() - 1);
    }
}
