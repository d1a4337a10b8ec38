package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import io.camelback.chat.Usage;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own Java client at its Responses, unchanged but for its address. */
class ResponsesSdkTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static OpenAIClient client;

    @BeforeAll
    static void connect() {
        client = ResponsesConversation.client(DRILL.gateway().uri(""));
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    private static ResponseCreateParams.Builder asking(String model) {
        return ResponseCreateParams.builder().model(model).input("hi");
    }

    static Stream<Arguments> answers() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(BalancedChainLinks.values()).map(by -> Arguments.of(by, stream)));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("answers")
    void tells_what_was_used_and_that_it_is_complete(BalancedChainLinks answering, boolean stream) {
        answering.answers(
                DRILL,
                SimulatedFault.status(500),
                SimulatedCompletion.text("Hello.").usage(new Usage(1000, 200, 0, 50, 0)));

        Response answer = ResponsesConversation.complete(
                client, asking(BalancedChainLinks.CHAIN).build(), stream);

        answer.validate();
        assertThat(answer.id()).startsWith("resp_");
        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(answer.incompleteDetails()).isEmpty();
        assertThat(answer.output())
                .singleElement()
                .satisfies(item -> assertThat(item.asMessage().id()).startsWith("msg_"));
        assertThat(ResponsesConversation.text(answer)).isEqualTo("Hello.");
        assertThat(answer.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.inputTokens()).isEqualTo(1000);
            assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(200);
            assertThat(usage.outputTokens()).isEqualTo(50);
            assertThat(usage.totalTokens()).isEqualTo(1050);
        });
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("answers")
    void an_answer_that_was_cut_off_is_incomplete(BalancedChainLinks answering, boolean stream) {
        String word = switch (answering) {
            case CLAUDE -> "max_tokens";
            case GPT -> "length";
            case GEMINI -> "MAX_TOKENS";
        };
        answering.answers(
                DRILL,
                SimulatedFault.status(500),
                SimulatedCompletion.text("Hel").finish(word));

        Response answer = ResponsesConversation.complete(
                client, asking(BalancedChainLinks.CHAIN).maxOutputTokens(16).build(), stream);

        assertThat(answer.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(answer.incompleteDetails())
                .hasValueSatisfying(details ->
                        assertThat(details.reason()).contains(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS));
        assertThat(ResponsesConversation.text(answer)).isEqualTo("Hel");
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void an_unknown_model_is_not_found(boolean stream) {
        NotFoundException thrown = catchThrowableOfType(
                NotFoundException.class,
                () -> ResponsesConversation.complete(client, asking("nobody").build(), stream));

        assertThat(thrown.code()).contains("model_not_found");
        assertThat(thrown.headers().values("x-camelback-request-id")).hasSize(1);
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void a_bad_request_is_one(boolean stream) {
        BadRequestException thrown = catchThrowableOfType(
                BadRequestException.class,
                () -> ResponsesConversation.complete(
                        client, asking("balanced").temperature(3.0).build(), stream));

        assertThat(thrown.param()).contains("temperature");
        assertThat(DRILL.askedAny()).isZero();
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void what_only_a_memory_could_answer_is_refused_with_a_reason(boolean stream) {
        BadRequestException thrown = catchThrowableOfType(
                BadRequestException.class,
                () -> ResponsesConversation.complete(
                        client, asking("balanced").previousResponseId("resp_1").build(), stream));

        assertThat(thrown.param()).contains("previous_response_id");
        assertThat(DRILL.askedAny()).isZero();
    }

    static Stream<Arguments> all_down() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of(stream, SimulatedFault.status(500), InternalServerException.class, 502),
                        Arguments.of(stream, SimulatedFault.status(529), InternalServerException.class, 503),
                        Arguments.of(stream, SimulatedFault.silence(), InternalServerException.class, 504),
                        Arguments.of(stream, SimulatedFault.status(429), RateLimitException.class, 429)));
    }

    @ParameterizedTest(name = "streaming {0}: {3}")
    @MethodSource("all_down")
    void a_strict_chain_that_is_down_is_an_error(
            boolean stream, SimulatedFault fault, Class<? extends OpenAIServiceException> type, int status) {
        DRILL.script("claude-opus").always(fault);
        DRILL.script("gpt").always(fault);

        assertThatThrownBy(() ->
                        ResponsesConversation.complete(client, asking("strict").build(), stream))
                .isInstanceOfSatisfying(
                        type, thrown -> assertThat(thrown.statusCode()).isEqualTo(status));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BalancedChainLinks.class)
    void a_stream_that_breaks_in_the_middle_is_a_failure_and_no_short_answer(BalancedChainLinks answering) {
        answering.answers(DRILL, SimulatedFault.status(500), SimulatedCompletion.words(9));
        DRILL.script(answering.link).always(SimulatedFault.resetAfter(3));

        assertThatThrownBy(() -> ResponsesConversation.complete(
                        client, asking("balanced").build(), true))
                .as("response.failed, and a connection that is broken off behind it")
                .isInstanceOf(OpenAIIoException.class);
    }
}
