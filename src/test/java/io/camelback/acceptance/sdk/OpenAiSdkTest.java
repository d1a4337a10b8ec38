package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own Java client, unchanged but for its address. */
public class OpenAiSdkTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static OpenAIClient client;

    @BeforeAll
    static void connect() {
        client = client(DRILL, 0);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    public static OpenAIClient client(GatewayTestCase drill, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(drill.gateway().uri("/v1").toString())
                .apiKey("any")
                .maxRetries(retries)
                .build();
    }

    static ChatCompletion complete(OpenAIClient client, ChatCompletionCreateParams request, boolean stream) {
        if (!stream) {
            return client.chat().completions().create(request);
        }
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(request)) {
            chunks.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    private static ChatCompletionCreateParams.Builder asking(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("hi");
    }

    static Stream<Arguments> states() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of("all are up", stream, null),
                        Arguments.of(
                                "Anthropic limits",
                                stream,
                                SimulatedFault.status(429).header("Retry-After", "30")),
                        Arguments.of("Anthropic fails", stream, SimulatedFault.status(500)),
                        Arguments.of("Anthropic is overloaded", stream, SimulatedFault.status(529)),
                        Arguments.of("Anthropic resets", stream, SimulatedFault.resetBeforeHeaders()),
                        Arguments.of("Anthropic is silent", stream, SimulatedFault.silence())));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("states")
    void completes(String state, boolean stream, SimulatedFault fault) {
        if (fault != null) {
            DRILL.script("claude-opus").always(fault);
        }
        ChatCompletionCreateParams.Builder request = asking("premium");
        if (stream) {
            request.streamOptions(
                    ChatCompletionStreamOptions.builder().includeUsage(true).build());
        }

        ChatCompletion answer = complete(client, request.build(), stream);

        String answering = fault == null ? "claude-opus" : "gpt";
        answer.validate();
        assertThat(answer.model()).isEqualTo(fault == null ? "claude-opus-5-5" : "gpt-6-sol");
        assertThat(answer.id()).isNotBlank();
        assertThat(answer.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.message().content()).contains(DRILL.hello(answering));
            assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        });
        assertThat(answer.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.completionTokens()).isEqualTo(3);
            assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + 3).isGreaterThan(3);
        });
        assertThat(DRILL.asked(answering)).isEqualTo(1);
    }

    @Test
    void lists_the_models() {
        assertThat(client.models().list().data()).extracting(Model::id).contains("premium", "claude-opus", "local");
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void an_unknown_model_is_not_found(boolean stream) {
        NotFoundException thrown = catchThrowableOfType(
                NotFoundException.class, () -> complete(client, asking("nobody").build(), stream));

        assertThat(thrown.code()).contains("model_not_found");
        assertThat(thrown.param()).contains("model");
        assertThat(thrown.type()).contains("invalid_request_error");
        assertThat(thrown.headers().values("x-camelback-request-id")).hasSize(1);
    }

    @Test
    void a_bad_request_is_one() {
        BadRequestException thrown = catchThrowableOfType(
                BadRequestException.class,
                () -> complete(client, asking("premium").temperature(3.0).build(), false));

        assertThat(thrown.code()).contains("invalid_request");
        assertThat(thrown.param()).contains("temperature");
        assertThat(thrown.getMessage()).contains("temperature must be a number from 0 to 2");
    }

    static Stream<Arguments> all_down() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of(
                                stream,
                                SimulatedFault.status(500),
                                InternalServerException.class,
                                502,
                                "upstream_error"),
                        Arguments.of(
                                stream,
                                SimulatedFault.status(529),
                                InternalServerException.class,
                                503,
                                "upstream_unavailable"),
                        Arguments.of(
                                stream,
                                SimulatedFault.silence(),
                                InternalServerException.class,
                                504,
                                "upstream_timeout"),
                        Arguments.of(
                                stream, SimulatedFault.status(429), RateLimitException.class, 429, "rate_limited")));
    }

    @ParameterizedTest(name = "streaming {0}: {4}")
    @MethodSource("all_down")
    void a_strict_chain_that_is_down_is_an_error(
            boolean stream,
            SimulatedFault fault,
            Class<? extends OpenAIServiceException> type,
            int status,
            String code) {
        DRILL.script("claude-opus").always(fault);
        DRILL.script("gpt").always(fault);

        assertThatThrownBy(() -> complete(client, asking("strict").build(), stream))
                .isInstanceOfSatisfying(type, thrown -> {
                    assertThat(thrown.statusCode()).isEqualTo(status);
                    assertThat(thrown.code()).contains(code);
                });
    }

    @Test
    void the_clients_own_retries_heed_what_they_are_told() {
        DRILL.script("claude-opus").times(3, SimulatedFault.status(500));
        DRILL.script("gpt").times(3, SimulatedFault.status(500));

        OpenAIClient eager = client(DRILL, 2);
        assertThatThrownBy(() -> complete(eager, asking("strict").build(), false))
                .isInstanceOf(InternalServerException.class);
        eager.close();

        assertThat(DRILL.asked("claude-opus"))
                .as("tries of the one request that x-should-retry: false leaves")
                .isEqualTo(3);
    }
}
