package io.camelback.protocol.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.ChatAnswer;
import io.camelback.testkit.AnthropicStreamRules;
import io.camelback.testkit.GeminiStreamRules;
import io.camelback.testkit.OpenAiStreamRules;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.ResponsesStreamRules;
import io.camelback.testkit.TestProtocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider's answer at every endpoint: at once, collected of a stream, and streamed. */
class AnswerMatrixTest {
    /** What a provider sends its own dialect's callers against our rules, and why it goes on as it is. */
    private static final Map<String, String> PASSED_ON = Map.of(
            "anthropic stream-compatible streamed -> anthropic", "an id of another form",
            "anthropic stream-server-tools streamed -> anthropic", "a delta of a kind that is not known yet",
            "gemini late-parts streamed -> gemini", "text after the finish",
            "responses stream-hosted streamed -> responses", "events of a search that the provider runs",
            "responses stream-citations streamed -> responses", "events of a search that the provider runs",
            "responses stream-without-deltas streamed -> responses", "an item that is told only when it is complete");

    static Stream<DeliveredAnswer> answers() {
        return DeliveredAnswer.all().stream();
    }

    static Stream<DeliveredAnswer> streams() {
        return DeliveredAnswer.all().stream().filter(told -> told.answer().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void an_answer_says_the_same_at_the_endpoint_but_for_what_is_listed(DeliveredAnswer told) {
        assertThat(unexplained(told, told.atOnce())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void a_stream_keeps_the_rules_of_the_endpoints_clients_and_says_the_same(DeliveredAnswer told) {
        String sse = told.streamed(false);

        obeys(told.endpoint(), sse);
        assertThat(unexplained(told, told.readBack(sse))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void a_stream_that_goes_on_with_its_own_bytes_keeps_the_rules_too(DeliveredAnswer told) {
        String sse = told.streamed(true);

        if (PASSED_ON.containsKey(told.toString())) {
            assertThatThrownBy(() -> obeys(told.endpoint(), sse)).isInstanceOf(AssertionError.class);
        } else {
            obeys(told.endpoint(), sse);
        }
        assertThat(unexplained(told, told.readBack(sse))).isEmpty();
    }

    @Test
    void every_listed_difference_occurs() {
        List<AnswerAllowance> idle = AnswerAllowance.all().stream()
                .filter(allowed -> DeliveredAnswer.all().stream()
                        .noneMatch(told -> Stream.concat(
                                        difference(told, told.atOnce()).stream(),
                                        told.answer().stream()
                                                ? difference(told, told.readBack(told.streamed(false))).stream()
                                                : Stream.empty())
                                .anyMatch(line -> allowed.explains(told.toString(), line))))
                .toList();

        assertThat(idle).isEmpty();
    }

    @Test
    void all_streams_of_the_corpus_but_the_cut_ones_come_to_their_end() {
        assertThat(ProtocolCorpus.answers())
                .filteredOn(answer -> answer.stream() && !DeliveredAnswer.ends(answer))
                .extracting(ProtocolCorpus.Answer::name)
                .containsExactly("stream-cut", "cut");
    }

    private static void obeys(TestProtocol endpoint, String sse) {
        switch (endpoint) {
            case OPENAI -> OpenAiStreamRules.check(sse);
            case ANTHROPIC -> AnthropicStreamRules.check(sse);
            case RESPONSES -> ResponsesStreamRules.check(sse);
            case GEMINI -> GeminiStreamRules.check(sse);
        }
    }

    private static List<String> difference(DeliveredAnswer told, ChatAnswer read) {
        return FactDifference.between(AnswerFacts.of(told.source()), AnswerFacts.of(read));
    }

    private static List<String> unexplained(DeliveredAnswer told, ChatAnswer read) {
        return difference(told, read).stream()
                .filter(line ->
                        AnswerAllowance.all().stream().noneMatch(allowed -> allowed.explains(told.toString(), line)))
                .toList();
    }
}
