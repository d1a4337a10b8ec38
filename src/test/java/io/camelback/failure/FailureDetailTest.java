package io.camelback.failure;

import static io.camelback.failure.FailureKind.AUTH;
import static io.camelback.failure.FailureKind.CALLER;
import static io.camelback.failure.FailureKind.RATE_LIMIT;
import static io.camelback.failure.FailureKind.SERVER;
import static io.camelback.failure.FailureKind.UNSUPPORTED;
import static io.camelback.failure.FailureSamples.NOW;
import static io.camelback.failure.FailureSamples.NO_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a failure beside its kind: wait, advice, field and code. */
class FailureDetailTest {
    @Test
    void s07_payment_required_with_a_wait_cools_down_for_that_long() {
        ProviderException failure = classify(402, Map.of("retry-after", "3"), ProviderErrorBody.ANTHROPIC_BILLING);
        assertThat(failure.kind()).isEqualTo(RATE_LIMIT);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_content_networks_403_page_does_not_blame_our_key() {
        assertThat(classify(403, Map.of("content-type", "text/html; charset=UTF-8"), ProviderErrorBody.HTML)
                        .kind())
                .isEqualTo(SERVER);
        assertThat(classify(403, Map.of("content-type", "application/json"), ProviderErrorBody.EMPTY)
                        .kind())
                .isEqualTo(AUTH);
    }

    @Test
    void amazons_error_type_is_taken_from_its_header() {
        Map<String, String> headers =
                Map.of("x-amzn-errortype", "ThrottlingException:http://internal.amazon.com/coral/");
        assertThat(classify(400, headers, ProviderErrorBody.BEDROCK_PLAIN).kind())
                .isEqualTo(RATE_LIMIT);
        assertThat(classify(400, headers, ProviderErrorBody.BEDROCK_PLAIN).code())
                .isEqualTo("ThrottlingException");
    }

    @ParameterizedTest(name = "{0} {1} waits {2} ms")
    @CsvSource({
        "429,OPENAI_RATE,360000",
        "429,GEMINI_MINUTE,37000",
        "503,EMPTY,2000",
        "500,EMPTY,2000",
        "529,EMPTY,2000"
    })
    void the_wait_is_kept_where_waiting_helps(int status, ProviderErrorBody body, long millis) {
        Map<String, String> headers = body == ProviderErrorBody.EMPTY ? Map.of("retry-after", "2") : Map.of();
        assertThat(classify(status, headers, body).retryAfter()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"429,GEMINI_DAY", "429,OPENAI_QUOTA", "401,EMPTY", "404,OPENAI_MODEL", "400,OPENAI_PARAM", "413,EMPTY"})
    void the_wait_and_the_advice_are_dropped_where_waiting_does_not_help(int status, ProviderErrorBody body) {
        ProviderException failure = classify(status, Map.of("retry-after", "2", "x-should-retry", "true"), body);
        assertThat(failure.retryAfter()).isNull();
        assertThat(failure.retryAdvice()).isNull();
    }

    @Test
    void the_providers_advice_on_retries_is_kept() {
        assertThat(classify(409, Map.of("x-should-retry", "true"), ProviderErrorBody.EMPTY)
                        .retryAdvice())
                .isTrue();
        assertThat(classify(500, Map.of("x-should-retry", "False"), ProviderErrorBody.EMPTY)
                        .retryAdvice())
                .isFalse();
        assertThat(classify(500, Map.of("x-should-retry", "maybe"), ProviderErrorBody.EMPTY)
                        .retryAdvice())
                .isNull();
        assertThat(classify(500, Map.of(), ProviderErrorBody.EMPTY).retryAdvice())
                .isNull();
    }

    @Test
    void s11_the_field_at_fault_is_named() {
        assertThat(classify(400, Map.of(), ProviderErrorBody.OPENAI_PARAM).param())
                .isEqualTo("temperature");
        assertThat(classify(400, Map.of(), ProviderErrorBody.ANTHROPIC_PARAM).param())
                .isEqualTo("messages.0.content.1.text");
        assertThat(classify(422, Map.of(), ProviderErrorBody.MISTRAL_VALIDATION).param())
                .isEqualTo("messages.0.name");
        assertThat(classify(400, Map.of(), ProviderErrorBody.EMPTY).param()).isNull();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "with-dots.and_dashes | with-dots.and_dashes",
                "https://evil/?key=sk-1 | httpsevilkeysk-1",
                "a sentence: not a code | none",
                "%%% | none"
            })
    void a_code_is_reduced_to_a_word(String code, String reduced) {
        ProviderError error = new ProviderError(null, code, null, null, null, null, List.of());
        assertThat(FailureClassifier.classify(500, NO_HEADERS, error, false, NOW)
                        .code())
                .isEqualTo(reduced);
    }

    @Test
    void a_code_and_a_field_have_an_end() {
        ProviderError error =
                new ProviderError(null, "c".repeat(999), "p[0].".repeat(999), null, null, null, List.of());
        ProviderException failure = FailureClassifier.classify(500, NO_HEADERS, error, false, NOW);
        assertThat(failure.code()).hasSize(64);
        assertThat(failure.param()).hasSize(100).startsWith("p[0].p[0].");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(ProviderErrorBody.class)
    void s21_nothing_of_the_text_comes_through(ProviderErrorBody body) {
        for (int status : List.of(400, 401, 403, 404, 413, 429, 500, 503)) {
            ProviderException failure = classify(status, Map.of(), body);
            assertThat(failure.getMessage())
                    .doesNotContain("canary", "http", "\n")
                    .matches("\\d{3}( [A-Za-z0-9_.-]{1,64})?" + (isRefusal(failure.kind()) ? "(: .*)?" : ""));
        }
    }

    /** Of a refusal, what the provider says is told, without its secrets. */
    private static boolean isRefusal(FailureKind kind) {
        return kind == CALLER || kind == UNSUPPORTED;
    }

    private static ProviderException classify(int status, Map<String, String> headers, ProviderErrorBody body) {
        return FailureClassifier.classify(status, headers::get, body.error(), false, NOW);
    }
}
