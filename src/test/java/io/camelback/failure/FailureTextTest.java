package io.camelback.failure;

import static io.camelback.failure.FailureKind.CALLER;
import static io.camelback.failure.FailureKind.CONTEXT;
import static io.camelback.failure.FailureKind.MODEL_GONE;
import static io.camelback.failure.FailureKind.OVERLOAD;
import static io.camelback.failure.FailureKind.QUOTA;
import static io.camelback.failure.FailureKind.RATE_LIMIT;
import static io.camelback.failure.FailureKind.SERVER;
import static io.camelback.failure.FailureKind.UNSUPPORTED;
import static io.camelback.failure.FailureSamples.NOW;
import static io.camelback.failure.FailureSamples.NO_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind of a failure, by its text where there is no code. */
class FailureTextTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "prompt is too long: 210000 tokens > 200000 maximum",
                "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000",
                "Your input exceeds the context window of this model. Please adjust your input and try again.",
                "This model's maximum context length is 8192 tokens.",
                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
                "Input is too long for requested model.",
                "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
                "Please reduce the length of the messages or completion.",
                "Prompt contains 40000 tokens, too large for model with 32768 maximum context length",
                "the request exceeds the available context size. try increasing the context size",
                "The number of tokens to keep from the initial prompt is greater than the context length",
                "invalid params, context window exceeds limit (2013)",
                "Invalid request: Your request exceeded model token limit: 131072",
                "Prompt exceeds max length",
                "prompt token count of 140000 exceeds the limit of 128000",
                "Too many tokens in the prompt",
                "Token limit exceeded"
            })
    void an_overflow_is_known_by_its_text_where_there_is_no_code(String message) {
        for (int status : List.of(400, 413, 422, 500)) {
            assertThat(kindOf(status, null, message)).as("%d", status).isEqualTo(CONTEXT);
        }
        assertThat(kindOf(503, null, message)).isEqualTo(OVERLOAD);
        assertThat(kindOf(429, null, message)).isEqualTo(RATE_LIMIT);
    }

    @Test
    void a_text_has_no_say_beside_a_code() {
        assertThat(kindOf(400, "unsupported_value", "prompt is too long")).isEqualTo(CALLER);
        assertThat(kindOf(400, "string_above_max_length", "credit balance is too low"))
                .isEqualTo(CALLER);
        assertThat(kindOf(500, "boom", "prompt is too long")).isEqualTo(SERVER);
        assertThat(kindOf(429, "weird", "insufficient balance")).isEqualTo(RATE_LIMIT);
    }

    @Test
    void words_of_rates_veto_an_overflow() {
        String message = "Request too large for model x: too many tokens, limit is 6000 tokens per minute";
        assertThat(kindOf(400, null, message)).isEqualTo(CALLER);
        assertThat(kindOf(413, null, message)).isEqualTo(CONTEXT);
        assertThat(kindOf(500, null, message)).isEqualTo(SERVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your credit balance is too low",
                "You have reached your specified API usage limits.",
                "Insufficient balance",
                "You exceeded your current quota, please check your plan and billing details."
            })
    void money_is_known_by_its_text_where_there_is_no_code(String message) {
        assertThat(kindOf(400, null, message)).isEqualTo(QUOTA);
        assertThat(kindOf(429, null, message)).isEqualTo(QUOTA);
    }

    @Test
    void a_complaint_about_the_model_is_never_the_callers_fault() {
        ProviderError error =
                new ProviderError("invalid_request_error", null, "model", "Not in this API", null, null, List.of());
        assertThat(FailureClassifier.classify(400, NO_HEADERS, error, false, NOW)
                        .kind())
                .isEqualTo(UNSUPPORTED);
        assertThat(kindOf(400, null, "acme/foo is not a valid model ID")).isEqualTo(MODEL_GONE);
    }

    private static FailureKind kindOf(int status, String code, String message) {
        ProviderError error = new ProviderError(null, code, null, message, null, null, List.of());
        return FailureClassifier.classify(status, NO_HEADERS, error, false, NOW).kind();
    }
}
