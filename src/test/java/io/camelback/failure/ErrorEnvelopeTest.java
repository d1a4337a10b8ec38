package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.chat.GatewayError;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorEnvelopeTest {
    private static final List<Duration> NONE = List.of();

    static Stream<Arguments> declined() {
        return Stream.of(
                arguments(
                        "field and code",
                        failure(FailureKind.CALLER, 400, "unsupported_value", "temperature"),
                        400,
                        "unsupported_value",
                        "The model's provider refused the request: `temperature`, unsupported_value."),
                arguments(
                        "only a field",
                        failure(FailureKind.CALLER, 400, "invalid_request_error", "messages.0"),
                        400,
                        "invalid_request",
                        "The model's provider refused the request: `messages.0`."),
                arguments(
                        "only a code",
                        failure(FailureKind.CALLER, 422, "extra_forbidden", null),
                        422,
                        "extra_forbidden",
                        "The model's provider refused the request: extra_forbidden."),
                arguments(
                        "a number is no code",
                        failure(FailureKind.CALLER, 400, "2013", null),
                        400,
                        "invalid_request",
                        "The model's provider refused the request."),
                arguments(
                        "not found",
                        failure(FailureKind.CALLER, 404, null, "file_id"),
                        404,
                        "invalid_request",
                        "The model's provider refused the request: `file_id`."),
                arguments(
                        "in-band",
                        failure(FailureKind.CALLER, 0, null, null),
                        400,
                        "invalid_request",
                        "The model's provider refused the request."),
                arguments(
                        "policy",
                        failure(FailureKind.POLICY, 400, "content_filter", null),
                        400,
                        "content_filter",
                        "The model's provider refused the request under its content policy: content_filter."),
                arguments(
                        "policy without a code, status 403",
                        failure(FailureKind.POLICY, 403, null, null),
                        400,
                        "content_policy",
                        "The model's provider refused the request under its content policy."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("declined")
    void a_refusal_names_field_and_code_in_our_words(
            String name, ProviderException failure, int status, String code, String message) {
        GatewayError error = ErrorEnvelope.declined(failure);
        assertThat(error).isEqualTo(new GatewayError(status, code, message, failure.param(), null));
    }

    static Stream<Arguments> exhausted() {
        ProviderException rate2 = waiting(FailureKind.RATE_LIMIT, 429, 2);
        ProviderException rate9 = waiting(FailureKind.RATE_LIMIT, 429, 9);
        ProviderException rate = waiting(FailureKind.RATE_LIMIT, 429, -1);
        ProviderException overload = waiting(FailureKind.OVERLOAD, 529, -1);
        ProviderException timeout = ProviderException.of(FailureKind.TIMEOUT, "first token");
        ProviderException server = failure(FailureKind.SERVER, 500, null, null);
        ProviderException auth = failure(FailureKind.AUTH, 401, null, null);
        ProviderException quota = failure(FailureKind.QUOTA, 429, "insufficient_quota", null);
        ProviderException gone = failure(FailureKind.MODEL_GONE, 404, "model_not_found", null);
        ProviderException context = failure(FailureKind.CONTEXT, 400, "context_length_exceeded", null);
        ProviderException tooLarge = failure(FailureKind.CONTEXT, 413, "request_too_large", null);
        ProviderException unsupported = failure(FailureKind.UNSUPPORTED, 400, null, "audio");
        ProviderException empty = failure(FailureKind.PROTOCOL, 200, "empty_completion", null);
        ProviderException loop = failure(FailureKind.SERVER, 508, "api_error", null);
        List<Duration> cooldowns = List.of(Duration.ofSeconds(7), Duration.ofSeconds(5));
        return Stream.of(
                // failures, cooldowns, an open breaker, status, code, retry after in seconds or -1
                arguments("nothing could be tried", List.of(), NONE, false, 503, "no_usable_deployment", -1),
                arguments("S01 all limited", List.of(rate9, rate2), NONE, false, 429, "rate_limited", 2),
                arguments("S01 all cooldown", List.of(), cooldowns, false, 429, "rate_limited", 5),
                arguments("limited and cooldown", List.of(rate9), cooldowns, false, 429, "rate_limited", 5),
                arguments("limited, no wait told", List.of(rate), NONE, false, 429, "rate_limited", 15),
                arguments(
                        "S09 all overloaded",
                        List.of(overload, overload),
                        NONE,
                        false,
                        503,
                        "upstream_unavailable",
                        15),
                arguments("one overloaded", List.of(rate2, overload), NONE, false, 503, "upstream_unavailable", 2),
                arguments("an open breaker", List.of(timeout), NONE, true, 503, "upstream_unavailable", 15),
                arguments("only open breakers", List.of(), NONE, true, 503, "upstream_unavailable", 15),
                arguments("all timeouts", List.of(timeout, timeout), NONE, false, 504, "upstream_timeout", -1),
                arguments("timeouts and others", List.of(timeout, server), NONE, false, 502, "upstream_error", -1),
                arguments("servers", List.of(server, server), NONE, false, 502, "upstream_error", -1),
                arguments("limits and others", List.of(rate2, server), NONE, false, 502, "upstream_error", -1),
                arguments("S14 the only key refused", List.of(auth), NONE, false, 502, "upstream_auth", -1),
                arguments("keys and money", List.of(auth, quota), NONE, false, 502, "upstream_auth", -1),
                arguments("a model gone and a key refused", List.of(gone, auth), NONE, false, 502, "upstream_auth", -1),
                arguments("models gone", List.of(gone), NONE, false, 502, "upstream_error", -1),
                arguments("a bad key hides no limit", List.of(auth, rate2), NONE, false, 429, "rate_limited", 2),
                arguments(
                        "a bad key hides no timeout",
                        List.of(timeout, quota),
                        NONE,
                        false,
                        504,
                        "upstream_timeout",
                        -1),
                arguments(
                        "a bad key and links that cool down", List.of(auth), cooldowns, false, 429, "rate_limited", 5),
                arguments(
                        "S18 all too small",
                        List.of(context, context),
                        NONE,
                        false,
                        400,
                        "context_length_exceeded",
                        -1),
                arguments(
                        "S17 all refuse the size",
                        List.of(tooLarge, tooLarge),
                        NONE,
                        false,
                        413,
                        "request_too_large",
                        -1),
                arguments(
                        "size and context",
                        List.of(tooLarge, context),
                        NONE,
                        false,
                        400,
                        "context_length_exceeded",
                        -1),
                arguments(
                        "a small one and a limited one", List.of(context, rate2), NONE, false, 429, "rate_limited", 2),
                arguments("a small one and a cooling one", List.of(context), cooldowns, false, 429, "rate_limited", 5),
                arguments(
                        "a small one and a broken one",
                        List.of(context, server),
                        NONE,
                        false,
                        502,
                        "upstream_error",
                        -1),
                arguments("none can carry it", List.of(unsupported, unsupported), NONE, false, 400, "unsupported", -1),
                arguments(
                        "too small or unable",
                        List.of(unsupported, context),
                        NONE,
                        false,
                        400,
                        "context_length_exceeded",
                        -1),
                arguments("P06 all empty", List.of(empty, empty), NONE, false, 502, "empty_completion", -1),
                arguments("H28 a loop", List.of(loop), NONE, false, 508, "loop_detected", -1),
                arguments("a loop and a limit", List.of(loop, rate2), NONE, false, 502, "upstream_error", -1),
                arguments("empty and broken", List.of(empty, server), NONE, false, 502, "upstream_error", -1),
                arguments(
                        "T07 the caller's time ran out",
                        List.of(server, ProviderException.of(FailureKind.CLIENT_DEADLINE, "x")),
                        NONE,
                        false,
                        504,
                        "client_deadline",
                        -1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exhausted")
    void an_exhausted_chain_says_what_a_caller_can_do(
            String name,
            List<ProviderException> failures,
            List<Duration> cooldowns,
            boolean anyOpen,
            int status,
            String code,
            int seconds) {
        GatewayError error = ErrorEnvelope.exhausted(failures, cooldowns, anyOpen);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.retryAfter()).isEqualTo(seconds < 0 ? null : Duration.ofSeconds(seconds));
        assertThat(error.message()).endsWith(".").doesNotContain("http", "null");
    }

    @Test
    void a_refusal_among_the_failures_is_the_answer() {
        ProviderException refused = failure(FailureKind.CALLER, 400, "unsupported_value", "temperature");
        ProviderException server = failure(FailureKind.SERVER, 500, null, null);
        assertThat(ErrorEnvelope.exhausted(List.of(server, refused), NONE, true))
                .isEqualTo(ErrorEnvelope.declined(refused));
    }

    @Test
    void what_cannot_be_carried_is_named() {
        ProviderException ours =
                new ProviderException(FailureKind.UNSUPPORTED, 0, "untranslatable", "audio input", null);
        assertThat(ErrorEnvelope.exhausted(List.of(ours), NONE, false).message())
                .isEqualTo("No model of this chain can take this request: audio input.");
        ProviderException theirs = failure(FailureKind.UNSUPPORTED, 400, "unsupported_value", "top_k");
        assertThat(ErrorEnvelope.exhausted(List.of(theirs), NONE, false))
                .isEqualTo(new GatewayError(
                        400, "unsupported", "No model of this chain can take this request: `top_k`.", "top_k", null));
    }

    @Test
    void seconds_are_rounded_up() {
        GatewayError error = ErrorEnvelope.exhausted(List.of(), List.of(Duration.ofMillis(200)), false);
        assertThat(error.message()).endsWith("Try again in 1 second.");
        assertThat(error.retryAfter()).isEqualTo(Duration.ofMillis(200));
    }

    private static ProviderException failure(FailureKind kind, int status, String code, String param) {
        return new ProviderException(kind, status, code, param, "detail", null, null);
    }

    private static ProviderException waiting(FailureKind kind, int status, int seconds) {
        return new ProviderException(kind, status, null, "detail", seconds < 0 ? null : Duration.ofSeconds(seconds));
    }
}
