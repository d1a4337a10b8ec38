package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import io.camelback.chat.Usage;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own Java client, unchanged but for its address. */
class GeminiSdkTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final GenerateContentConfig PLAIN =
            GenerateContentConfig.builder().build();
    private static Client client;

    @BeforeAll
    static void connect() {
        client = GeminiConversation.client(DRILL.gateway().uri(""));
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    private static List<GenerateContentResponse> complete(
            Client client, String model, GenerateContentConfig config, boolean stream) {
        List<GenerateContentResponse> answers = new ArrayList<>();
        if (!stream) {
            answers.add(client.models.generateContent(model, "hi", config));
            return answers;
        }
        try (ResponseStream<GenerateContentResponse> chunks =
                client.models.generateContentStream(model, "hi", config)) {
            chunks.forEach(answers::add);
        }
        return answers;
    }

    private static String text(List<GenerateContentResponse> answers) {
        return answers.stream()
                .map(GenerateContentResponse::text)
                .map(text -> text == null ? "" : text)
                .collect(Collectors.joining());
    }

    static Stream<Arguments> answers() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(BalancedChainLinks.values()).map(by -> Arguments.of(by, stream)));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("answers")
    void tells_what_was_used_and_why_it_ended(BalancedChainLinks answering, boolean stream) {
        answering.answers(
                DRILL,
                SimulatedFault.status(500),
                SimulatedCompletion.text("Hello to you.").usage(new Usage(1000, 200, 0, 50, 0)));

        List<GenerateContentResponse> answers = complete(client, BalancedChainLinks.CHAIN, PLAIN, stream);

        GenerateContentResponse last = answers.get(answers.size() - 1);
        assertThat(text(answers)).isEqualTo("Hello to you.");
        assertThat(answers.size() > 1).as("in pieces").isEqualTo(stream);
        assertThat(last.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.responseId()).isPresent());
        assertThat(last.usageMetadata()).hasValueSatisfying(usage -> {
            assertThat(usage.promptTokenCount()).contains(1000);
            assertThat(usage.cachedContentTokenCount()).contains(200);
            assertThat(usage.candidatesTokenCount()).contains(50);
            assertThat(usage.totalTokenCount()).contains(1050);
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"v1", "v1beta"})
    void both_versions_of_the_address_answer(String version) {
        Client versioned = Client.builder()
                .apiKey("any")
                .httpOptions(HttpOptions.builder()
                        .apiVersion(version)
                        .baseUrl(DRILL.gateway().uri("").toString())
                        .build())
                .build();
        try {
            assertThat(text(complete(versioned, "gemini-2.5-flash", PLAIN, false)))
                    .startsWith("Hello from ");
            assertThat(text(complete(versioned, "gemini-2.5-flash", PLAIN, true)))
                    .startsWith("Hello from ");
        } finally {
            versioned.close();
        }
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void an_unknown_model_is_not_found(boolean stream) {
        ClientException thrown =
                catchThrowableOfType(ClientException.class, () -> complete(client, "nobody", PLAIN, stream));

        assertThat(thrown.code()).isEqualTo(404);
        assertThat(thrown.status()).isEqualTo("NOT_FOUND");
        assertThat(thrown.message()).contains("\"nobody\"", "balanced");
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void a_bad_request_is_one(boolean stream) {
        GenerateContentConfig hot =
                GenerateContentConfig.builder().temperature(9f).build();

        ClientException thrown =
                catchThrowableOfType(ClientException.class, () -> complete(client, "balanced", hot, stream));

        assertThat(thrown.code()).isEqualTo(400);
        assertThat(thrown.status()).isEqualTo("INVALID_ARGUMENT");
        assertThat(thrown.message()).contains("temperature");
        assertThat(DRILL.askedAny()).isZero();
    }

    static Stream<Arguments> all_down() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of(stream, SimulatedFault.status(500), ServerException.class, 502),
                        Arguments.of(stream, SimulatedFault.status(529), ServerException.class, 503),
                        Arguments.of(stream, SimulatedFault.silence(), ServerException.class, 504),
                        Arguments.of(stream, SimulatedFault.status(429), ClientException.class, 429)));
    }

    @ParameterizedTest(name = "streaming {0}: {3}")
    @MethodSource("all_down")
    void a_strict_chain_that_is_down_is_an_error(
            boolean stream, SimulatedFault fault, Class<? extends ApiException> type, int status) {
        DRILL.script("claude-opus").always(fault);
        DRILL.script("gpt").always(fault);

        assertThatThrownBy(() -> complete(client, "strict", PLAIN, stream))
                .isInstanceOfSatisfying(
                        type, thrown -> assertThat(thrown.code()).isEqualTo(status));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BalancedChainLinks.class)
    void a_stream_that_breaks_in_the_middle_does_not_look_finished(BalancedChainLinks answering) {
        answering.answers(DRILL, SimulatedFault.status(500), SimulatedCompletion.words(9));
        DRILL.script(answering.link).always(SimulatedFault.resetAfter(3));

        assertThatThrownBy(() -> complete(client, BalancedChainLinks.CHAIN, PLAIN, true))
                .as("the error event, or the connection that is broken off behind it, whichever the client sees first")
                .isInstanceOfAny(ApiException.class, GenAiIOException.class);
    }
}
