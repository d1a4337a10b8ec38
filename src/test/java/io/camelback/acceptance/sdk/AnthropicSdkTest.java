package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListPage;
import io.camelback.chat.Usage;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's own Java client, unchanged but for its address. */
class AnthropicSdkTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static AnthropicClient client;

    @BeforeAll
    static void connect() {
        client = AnthropicConversation.client(DRILL.gateway().uri(""));
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    private static MessageCreateParams.Builder asking(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(1000).addUserMessage("hi");
    }

    static Stream<Arguments> answers() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(BalancedChainLinks.values()).map(by -> Arguments.of(by, stream)));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("answers")
    void tells_what_was_used_and_why_it_ended(BalancedChainLinks answering, boolean stream) {
        long written = answering == BalancedChainLinks.GEMINI ? 0 : 30;
        answering.answers(
                DRILL,
                SimulatedFault.status(500),
                SimulatedCompletion.text("Hello.").usage(new Usage(1000, 200, written, 50, 0)));

        Message answer = AnthropicConversation.complete(
                client, asking(BalancedChainLinks.CHAIN).build(), stream);

        answer.validate();
        assertThat(answer.id()).startsWith("msg_");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.stopSequence()).isEmpty();
        assertThat(answer.usage().outputTokens()).isEqualTo(50);
        assertThat(answer.usage().inputTokens()).isEqualTo(800 - written);
        assertThat(answer.usage().cacheReadInputTokens()).contains(200L);
        assertThat(answer.usage().cacheCreationInputTokens().orElse(0L)).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"claude-sonnet-4-5", "claude-opus-4-8", "claude-haiku-4-5", "claude-3-5-sonnet-latest"})
    void names_that_clients_have_built_in_are_known(String model) {
        assertThat(AnthropicConversation.text(
                        AnthropicConversation.complete(client, asking(model).build(), true)))
                .startsWith("Hello from ");
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void an_unknown_model_is_not_found(boolean stream) {
        NotFoundException thrown = catchThrowableOfType(
                NotFoundException.class,
                () -> AnthropicConversation.complete(client, asking("nobody").build(), stream));

        assertThat(thrown.type()).contains(ErrorType.NOT_FOUND_ERROR);
        assertThat(thrown.apiMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("\"nobody\"", "balanced"));
        assertThat(thrown.headers().values("x-camelback-request-id")).hasSize(1);
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void a_bad_request_is_one(boolean stream) {
        BadRequestException thrown = catchThrowableOfType(
                BadRequestException.class,
                () -> AnthropicConversation.complete(
                        client, asking("balanced").maxTokens(-1).build(), stream));

        assertThat(thrown.type()).contains(ErrorType.INVALID_REQUEST_ERROR);
        assertThat(thrown.apiMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("max_tokens"));
        assertThat(DRILL.askedAny()).isZero();
    }

    static Stream<Arguments> all_down() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of(
                                stream, SimulatedFault.status(500), InternalServerException.class, ErrorType.API_ERROR),
                        Arguments.of(
                                stream,
                                SimulatedFault.status(529),
                                AnthropicServiceException.class,
                                ErrorType.OVERLOADED_ERROR),
                        Arguments.of(
                                stream,
                                SimulatedFault.silence(),
                                AnthropicServiceException.class,
                                ErrorType.TIMEOUT_ERROR),
                        Arguments.of(
                                stream,
                                SimulatedFault.status(429),
                                RateLimitException.class,
                                ErrorType.RATE_LIMIT_ERROR)));
    }

    @ParameterizedTest(name = "streaming {0}: {3}")
    @MethodSource("all_down")
    void a_strict_chain_that_is_down_is_an_error(
            boolean stream, SimulatedFault fault, Class<? extends AnthropicServiceException> type, ErrorType word) {
        DRILL.script("claude-opus").always(fault);
        DRILL.script("gpt").always(fault);

        assertThatThrownBy(() ->
                        AnthropicConversation.complete(client, asking("strict").build(), stream))
                .isInstanceOfSatisfying(type, thrown -> {
                    assertThat(thrown.type()).contains(word);
                    assertThat(thrown.requestId()).isPresent();
                });
    }

    @ParameterizedTest(name = "Anthropic is {0}")
    @ValueSource(strings = {"up", "cooldown"})
    void counts_tokens(String state) {
        DRILL.coolDown(state.equals("up") ? List.of() : List.of("claude-sonnet"));

        long few = count("hi");
        long many = count("hi ".repeat(1000));

        assertThat(few).isBetween(1L, 200L);
        assertThat(many - few).isBetween(400L, 2000L);
    }

    private static long count(String text) {
        return client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("claude-sonnet-4-5")
                        .addUserMessage(text)
                        .system("Be brief.")
                        .addTool(AnthropicConversation.weather())
                        .build())
                .inputTokens();
    }

    @Test
    void lists_the_models() {
        ModelListPage page = client.models().list();

        assertThat(page.data()).extracting(ModelInfo::id).contains("balanced", "claude-sonnet", "local");
        assertThat(page.data()).allSatisfy(model -> {
            assertThat(model.displayName()).isNotBlank();
            assertThat(model.createdAt()).isNotNull();
        });
        assertThat(page.hasNextPage()).isFalse();
        assertThat(client.models().retrieve("claude-sonnet").id()).isEqualTo("claude-sonnet");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BalancedChainLinks.class)
    void a_stream_that_breaks_in_the_middle_is_an_error_and_no_short_answer(BalancedChainLinks answering) {
        answering.answers(DRILL, SimulatedFault.status(500), SimulatedCompletion.words(9));
        DRILL.script(answering.link).always(SimulatedFault.resetAfter(3));

        assertThatThrownBy(() -> AnthropicConversation.complete(
                        client, asking("balanced").build(), true))
                .isInstanceOf(AnthropicServiceException.class);
    }
}
