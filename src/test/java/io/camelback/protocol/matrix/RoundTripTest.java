package io.camelback.protocol.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.testkit.JsonMeaning;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In and out by the same dialect: what we do not own stays as it was, but for what is listed here. */
class RoundTripTest {
    /** Fields that are ours to set: which model answers, and how it is sent. */
    private static final List<String> OURS = List.of("model", "stream", "stream_options");

    /**
     * By case: why the body is changed in passing. How, stands in {@code fixtures/matrix}, see
     * {@link TranslationMatrixTest}.
     */
    private static final Map<String, String> CHANGED = Map.of(
            "anthropic endpoint-foreign-thinking", "thinking of other providers never reaches Anthropic",
            "anthropic endpoint-sampling", "labels for our own routing are nobody else's",
            "gemini endpoint-foreign-thinking", "thinking of other providers never reaches Gemini",
            "gemini endpoint-tool-results-by-id",
                    "a call that Gemini did not sign gets the mark that spares it the check",
            "openai request-cache-marks", "OpenAI does not know Anthropic's marks",
            "openai request-thinking", "OpenAI refuses fields of a message that it does not know",
            "openai request-tool-results", "OpenAI refuses fields of a call that it does not know",
            "responses request-sampling",
                    "labels for our own routing are nobody else's; fewer than 16 tokens are a 400");

    static Stream<ProtocolCorpus.Request> requests() {
        return ProtocolCorpus.requests().stream();
    }

    static Stream<ProtocolCorpus.Answer> answers() {
        return ProtocolCorpus.answers().stream().filter(answer -> !answer.stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_request_goes_on_as_it_came(ProtocolCorpus.Request request) {
        ObjectNode sent = request.body();
        ChatRequest read = request.endpoint().read(request.body());

        ObjectNode passed = request.endpoint().write(read, false);

        if (!sent.has("store") && request.endpoint() == TestProtocol.RESPONSES) {
            assertThat(passed.remove("store").booleanValue())
                    .as("nothing is stored unless the caller says so")
                    .isFalse();
        }
        sent.remove(OURS);
        passed.remove(OURS);
        if (CHANGED.containsKey(request.toString())) {
            assertThat(JsonMeaning.of(passed)).isNotEqualTo(JsonMeaning.of(sent));
        } else {
            assertThat(JsonMeaning.of(passed)).isEqualTo(JsonMeaning.of(sent));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void an_answer_goes_out_as_it_came(ProtocolCorpus.Answer answer) {
        ObjectNode body = ProtocolCorpus.object(answer.text());
        ChatAnswer read = answer.source().dialect.readAnswer(body);

        ObjectNode written = answer.source().endpoint.writeAnswer(read, null, "req-1");

        assertThat(JsonMeaning.of(written)).isEqualTo(JsonMeaning.of(ProtocolCorpus.object(answer.text())));
    }
}
