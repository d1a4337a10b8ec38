package io.camelback.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.failure.FailureClassifier;
import io.camelback.failure.ProviderError;
import io.camelback.failure.ProviderErrorReader;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProviderCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a provider answers: it is an answer that every endpoint can write, or it is malformed, or it is an error of
 * some kind.
 */
class AnswerFuzzTest {
    private static final JsonMutator MUTANTS = JsonMutator.of("answer.json");
    private static final ChatRequest REQUEST = ChatRequest.of("m", "Hi");
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @FuzzTest
    void every_answer_is_read_or_malformed(byte[] input) {
        if (input.length > JsonMutator.MAX_INPUT) {
            return;
        }
        error(input);
        ObjectNode body = MUTANTS.of(input);
        if (body != null) {
            error(Json.bytes(body));
            FuzzedProtocols.dialects().forEach(codec -> answer(codec, body));
        }
    }

    private static void answer(ProviderCodec codec, ObjectNode body) {
        ChatAnswer answer;
        try {
            answer = codec.readAnswer(body);
        } catch (MalformedResponseException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
            return;
        }
        FuzzedProtocols.endpoints().forEach(endpoint -> {
            assertThat(Json.bytes(endpoint.writeAnswer(answer, REQUEST, "req_1")))
                    .isNotEmpty();
            ChatAnswer foreign = new ChatAnswer(answer.id(), answer.model(), 1, answer.choices(), answer.usage(), null);
            assertThat(Json.bytes(endpoint.writeAnswer(foreign, REQUEST, "req_1")))
                    .isNotEmpty();
        });
    }

    /** The same bytes as the body of an error, and as its header. */
    private static void error(byte[] body) {
        ProviderError error = ProviderErrorReader.read(body);
        String header = new String(body, 0, Math.min(200, body.length), StandardCharsets.ISO_8859_1);
        for (int status : new int[] {400, 401, 429, 500}) {
            assertThat(FailureClassifier.classify(
                                    status, name -> name.contains("etry") ? header : null, error, true, NOW)
                            .kind())
                    .isNotNull();
        }
    }

    @Test
    @Timeout(120)
    void some_thousand_changes_of_recorded_answers_are_read_or_malformed() {
        JsonMutator.programs(FuzzedProtocols.SOME).forEach(this::every_answer_is_read_or_malformed);
    }
}
