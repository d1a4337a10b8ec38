package io.camelback.failure;

import static io.camelback.failure.FailureKind.AUTH;
import static io.camelback.failure.FailureKind.CALLER;
import static io.camelback.failure.FailureKind.CONTEXT;
import static io.camelback.failure.FailureKind.MODEL_GONE;
import static io.camelback.failure.FailureKind.OVERLOAD;
import static io.camelback.failure.FailureKind.POLICY;
import static io.camelback.failure.FailureKind.PROTOCOL;
import static io.camelback.failure.FailureKind.QUOTA;
import static io.camelback.failure.FailureKind.RATE_LIMIT;
import static io.camelback.failure.FailureKind.SERVER;
import static io.camelback.failure.FailureKind.STALE_THINKING;
import static io.camelback.failure.FailureKind.TIMEOUT;
import static io.camelback.failure.FailureKind.UNSUPPORTED;
import static io.camelback.failure.FailureSamples.NOW;
import static io.camelback.failure.FailureSamples.NO_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kind of a failure, by its status and code. */
class FailureClassifierTest {
    /** The rows of docs/wire-formats.md 4.2, with the request passed through as it came. */
    static Stream<Arguments> decisions() {
        return Stream.of(
                arguments(408, ProviderErrorBody.EMPTY, TIMEOUT, "408"),
                arguments(409, ProviderErrorBody.EMPTY, SERVER, "409"),
                arguments(425, ProviderErrorBody.EMPTY, SERVER, "425"),
                arguments(429, ProviderErrorBody.OPENAI_RATE, RATE_LIMIT, "429 rate_limit_exceeded"),
                arguments(429, ProviderErrorBody.ANTHROPIC_RATE, RATE_LIMIT, "429 rate_limit_error"),
                arguments(429, ProviderErrorBody.GEMINI_MINUTE, RATE_LIMIT, "429 RESOURCE_EXHAUSTED"),
                arguments(429, ProviderErrorBody.BEDROCK_TYPED, RATE_LIMIT, "429 ThrottlingException"),
                arguments(429, ProviderErrorBody.BEDROCK_PLAIN, RATE_LIMIT, "429"),
                arguments(429, ProviderErrorBody.MISTRAL_NEW, RATE_LIMIT, "429"),
                arguments(429, ProviderErrorBody.ZAI_RATE, RATE_LIMIT, "429 1302"),
                arguments(429, ProviderErrorBody.HTML, RATE_LIMIT, "429"),
                arguments(
                        429,
                        ProviderErrorBody.GEMINI_DAY,
                        QUOTA,
                        "429 GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                arguments(429, ProviderErrorBody.GEMINI_NO_FREE_TIER, QUOTA, "429 RESOURCE_EXHAUSTED"),
                arguments(429, ProviderErrorBody.OPENAI_QUOTA, QUOTA, "429 insufficient_quota"),
                arguments(429, ProviderErrorBody.OPENAI_CREDIT, QUOTA, "429 credit_balance_exhausted"),
                arguments(429, ProviderErrorBody.ANTHROPIC_SPEND, QUOTA, "429 enforced_spend_limit_reached"),
                arguments(429, ProviderErrorBody.ZAI_BALANCE, QUOTA, "429 1113"),
                arguments(402, ProviderErrorBody.ANTHROPIC_BILLING, QUOTA, "402 billing_error"),
                arguments(402, ProviderErrorBody.DEEPSEEK_BALANCE, QUOTA, "402 invalid_request_error"),
                arguments(402, ProviderErrorBody.EMPTY, QUOTA, "402"),
                arguments(400, ProviderErrorBody.ANTHROPIC_CREDIT, QUOTA, "400 invalid_request_error"),
                arguments(400, ProviderErrorBody.GEMINI_REGION, QUOTA, "400 FAILED_PRECONDITION"),
                arguments(400, ProviderErrorBody.GEMINI_FILE_STATE, CALLER, "400 FAILED_PRECONDITION"),
                arguments(401, ProviderErrorBody.OPENAI_KEY, AUTH, "401 invalid_api_key"),
                arguments(401, ProviderErrorBody.ANTHROPIC_KEY, AUTH, "401 authentication_error"),
                arguments(401, ProviderErrorBody.AZURE_GATEWAY, AUTH, "401"),
                arguments(401, ProviderErrorBody.EMPTY, AUTH, "401"),
                arguments(400, ProviderErrorBody.GEMINI_KEY, AUTH, "400 API_KEY_INVALID"),
                arguments(400, ProviderErrorBody.XAI_TEXT_CODE, AUTH, "400"),
                arguments(403, ProviderErrorBody.EMPTY, AUTH, "403"),
                arguments(403, ProviderErrorBody.OPENAI_MODEL, MODEL_GONE, "403 model_not_found"),
                arguments(403, ProviderErrorBody.OPENROUTER_MODERATION, POLICY, "403 flagged_input"),
                arguments(404, ProviderErrorBody.OPENAI_MODEL, MODEL_GONE, "404 model_not_found"),
                arguments(404, ProviderErrorBody.ANTHROPIC_MODEL, MODEL_GONE, "404 not_found_error"),
                arguments(404, ProviderErrorBody.GEMINI_COMPAT_ARRAY, MODEL_GONE, "404 NOT_FOUND"),
                arguments(404, ProviderErrorBody.AZURE_DEPLOYMENT, MODEL_GONE, "404 DeploymentNotFound"),
                arguments(404, ProviderErrorBody.OLLAMA_NATIVE, MODEL_GONE, "404"),
                arguments(404, ProviderErrorBody.VLLM_FLAT, MODEL_GONE, "404 NotFoundError"),
                arguments(404, ProviderErrorBody.HTML, MODEL_GONE, "404"),
                arguments(404, ProviderErrorBody.OPENAI_FILE, CALLER, "404 invalid_request_error"),
                arguments(404, ProviderErrorBody.ANTHROPIC_FILE, CALLER, "404 not_found_error"),
                arguments(405, ProviderErrorBody.EMPTY, MODEL_GONE, "405"),
                arguments(410, ProviderErrorBody.EMPTY, MODEL_GONE, "410"),
                arguments(413, ProviderErrorBody.ANTHROPIC_TOO_LARGE, CONTEXT, "413 request_too_large"),
                arguments(413, ProviderErrorBody.HTML, CONTEXT, "413"),
                arguments(413, ProviderErrorBody.GROQ_TPM, CONTEXT, "413 rate_limit_exceeded"),
                arguments(415, ProviderErrorBody.EMPTY, UNSUPPORTED, "415"),
                arguments(400, ProviderErrorBody.OPENAI_CONTEXT, CONTEXT, "400 context_length_exceeded"),
                arguments(400, ProviderErrorBody.ANTHROPIC_CONTEXT, CONTEXT, "400 invalid_request_error"),
                arguments(400, ProviderErrorBody.GEMINI_CONTEXT, CONTEXT, "400 INVALID_ARGUMENT"),
                arguments(400, ProviderErrorBody.LLAMACPP_CONTEXT, CONTEXT, "400 exceed_context_size_error"),
                arguments(400, ProviderErrorBody.VLLM_CONTEXT, CONTEXT, "400 BadRequestError"),
                arguments(400, ProviderErrorBody.OPENROUTER_CONTEXT, CONTEXT, "400"),
                arguments(400, ProviderErrorBody.XAI_TEXT, CONTEXT, "400"),
                arguments(422, ProviderErrorBody.XAI_TEXT, CONTEXT, "422"),
                arguments(500, ProviderErrorBody.LMSTUDIO_CONTEXT, CONTEXT, "500"),
                arguments(500, ProviderErrorBody.LLAMACPP_CONTEXT, CONTEXT, "500 exceed_context_size_error"),
                arguments(500, ProviderErrorBody.LLAMACPP_TEMPLATE, UNSUPPORTED, "500 server_error"),
                arguments(400, ProviderErrorBody.OPENAI_POLICY, POLICY, "400 invalid_prompt"),
                arguments(400, ProviderErrorBody.AZURE_FILTER, POLICY, "400 content_filter"),
                arguments(400, ProviderErrorBody.ANTHROPIC_POLICY, POLICY, "400 invalid_request_error"),
                arguments(418, ProviderErrorBody.HTML, SERVER, "418"),
                arguments(423, ProviderErrorBody.HTML, SERVER, "423"),
                arguments(424, ProviderErrorBody.HTML, SERVER, "424"),
                arguments(426, ProviderErrorBody.HTML, SERVER, "426"),
                arguments(428, ProviderErrorBody.HTML, SERVER, "428"),
                arguments(431, ProviderErrorBody.HTML, SERVER, "431"),
                arguments(444, ProviderErrorBody.HTML, SERVER, "444"),
                arguments(451, ProviderErrorBody.HTML, SERVER, "451"),
                arguments(460, ProviderErrorBody.HTML, SERVER, "460"),
                arguments(495, ProviderErrorBody.HTML, SERVER, "495"),
                arguments(498, ProviderErrorBody.HTML, SERVER, "498"),
                arguments(400, ProviderErrorBody.OPENAI_PARAM, CALLER, "400 unsupported_value"),
                arguments(400, ProviderErrorBody.ANTHROPIC_PARAM, CALLER, "400 invalid_request_error"),
                arguments(400, ProviderErrorBody.ANTHROPIC_SIGNATURE, STALE_THINKING, "400 invalid_request_error"),
                arguments(400, ProviderErrorBody.ANTHROPIC_OTHER_PREFIX, STALE_THINKING, "400 invalid_request_error"),
                arguments(
                        400, ProviderErrorBody.ANTHROPIC_CHANGED_THINKING, STALE_THINKING, "400 invalid_request_error"),
                arguments(
                        400,
                        ProviderErrorBody.ANTHROPIC_NO_THINKING_FIRST,
                        STALE_THINKING,
                        "400 invalid_request_error"),
                arguments(400, ProviderErrorBody.OPENAI_ENCRYPTED, STALE_THINKING, "400 invalid_encrypted_content"),
                arguments(400, ProviderErrorBody.OPENAI_LONE_REASONING, STALE_THINKING, "400 invalid_request_error"),
                arguments(400, ProviderErrorBody.GEMINI_NO_SIGNATURE, STALE_THINKING, "400 INVALID_ARGUMENT"),
                arguments(400, ProviderErrorBody.GEMINI_CORRUPTED, STALE_THINKING, "400 INVALID_ARGUMENT"),
                arguments(400, ProviderErrorBody.GEMINI_FIELD, CALLER, "400 INVALID_ARGUMENT"),
                arguments(422, ProviderErrorBody.MISTRAL_VALIDATION, CALLER, "422 extra_forbidden"),
                arguments(400, ProviderErrorBody.EMPTY, CALLER, "400"),
                arguments(400, ProviderErrorBody.GROQ_TOOL, UNSUPPORTED, "400 tool_use_failed"),
                arguments(499, ProviderErrorBody.EMPTY, SERVER, "499"),
                arguments(500, ProviderErrorBody.OPENAI_SERVER, SERVER, "500 server_error"),
                arguments(500, ProviderErrorBody.BROKEN, SERVER, "500"),
                arguments(501, ProviderErrorBody.EMPTY, MODEL_GONE, "501"),
                arguments(502, ProviderErrorBody.HTML, SERVER, "502"),
                arguments(502, ProviderErrorBody.OPENROUTER, SERVER, "502"),
                arguments(503, ProviderErrorBody.GEMINI_UNAVAILABLE, OVERLOAD, "503 UNAVAILABLE"),
                arguments(503, ProviderErrorBody.LLAMACPP_LOADING, OVERLOAD, "503 unavailable_error"),
                arguments(504, ProviderErrorBody.EMPTY, SERVER, "504"),
                arguments(505, ProviderErrorBody.EMPTY, MODEL_GONE, "505"),
                arguments(520, ProviderErrorBody.HTML, SERVER, "520"),
                arguments(524, ProviderErrorBody.HTML, SERVER, "524"),
                arguments(526, ProviderErrorBody.HTML, SERVER, "526"),
                arguments(529, ProviderErrorBody.ANTHROPIC_OVERLOADED, OVERLOAD, "529 overloaded_error"),
                arguments(100, ProviderErrorBody.EMPTY, PROTOCOL, "100 not an answer"),
                arguments(204, ProviderErrorBody.EMPTY, PROTOCOL, "204 not an answer"),
                arguments(205, ProviderErrorBody.EMPTY, PROTOCOL, "205 not an answer"),
                arguments(302, ProviderErrorBody.HTML, PROTOCOL, "302 a redirect"),
                arguments(307, ProviderErrorBody.EMPTY, PROTOCOL, "307 a redirect"),
                arguments(999, ProviderErrorBody.EMPTY, PROTOCOL, "999 not an answer"));
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @MethodSource("decisions")
    void decides_by_status_and_code(int status, ProviderErrorBody body, FailureKind kind, String detail) {
        ProviderException failure = FailureClassifier.classify(status, NO_HEADERS, body.error(), false, NOW);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.getMessage()).startsWith(detail);
        boolean told = (kind == CALLER || kind == UNSUPPORTED) && body.error().message() != null;
        assertThat(failure.getMessage().substring(detail.length()))
                .isEqualTo(told ? ": " + failure.providerMessage() : "");
    }

    /** What differs when the request was written from another dialect: the refusal may be our doing. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"400,OPENAI_PARAM", "400,ANTHROPIC_PARAM", "422,MISTRAL_VALIDATION", "400,EMPTY", "404,OPENAI_FILE"})
    void a_translated_request_that_is_refused_goes_to_the_next_link(int status, ProviderErrorBody body) {
        assertThat(FailureClassifier.classify(status, NO_HEADERS, body.error(), true, NOW)
                        .kind())
                .isEqualTo(UNSUPPORTED);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @MethodSource("decisions")
    void translation_changes_nothing_but_validation_errors(
            int status, ProviderErrorBody body, FailureKind kind, String detail) {
        FailureKind translated = FailureClassifier.classify(status, NO_HEADERS, body.error(), true, NOW)
                .kind();
        assertThat(translated).isEqualTo(kind == CALLER ? UNSUPPORTED : kind);
    }

    static Stream<Arguments> inBand() {
        return Stream.of(
                arguments(ProviderErrorBody.ANTHROPIC_OVERLOADED, OVERLOAD, 0, "in-band overloaded_error"),
                arguments(ProviderErrorBody.ANTHROPIC_RATE, RATE_LIMIT, 0, "in-band rate_limit_error"),
                arguments(ProviderErrorBody.ANTHROPIC_KEY, AUTH, 0, "in-band authentication_error"),
                arguments(ProviderErrorBody.ANTHROPIC_PARAM, CALLER, 0, "in-band invalid_request_error"),
                arguments(ProviderErrorBody.OPENAI_QUOTA, QUOTA, 0, "in-band insufficient_quota"),
                arguments(ProviderErrorBody.OPENAI_SERVER, SERVER, 0, "in-band server_error"),
                arguments(ProviderErrorBody.OPENAI_POLICY, POLICY, 0, "in-band invalid_prompt"),
                arguments(ProviderErrorBody.OPENAI_PARAM, CALLER, 0, "in-band unsupported_value"),
                arguments(ProviderErrorBody.RESPONSES_FAILED, SERVER, 0, "in-band server_error"),
                arguments(ProviderErrorBody.RESPONSES_ERROR_EVENT, RATE_LIMIT, 0, "in-band rate_limit_exceeded"),
                arguments(ProviderErrorBody.OPENROUTER, SERVER, 502, "502"),
                arguments(ProviderErrorBody.OPENROUTER_CHOICE, SERVER, 502, "502"),
                arguments(ProviderErrorBody.OPENROUTER_CONTEXT, CONTEXT, 400, "400"),
                arguments(ProviderErrorBody.GEMINI_UNAVAILABLE, OVERLOAD, 503, "503 UNAVAILABLE"),
                arguments(ProviderErrorBody.GEMINI_MINUTE, RATE_LIMIT, 429, "429 RESOURCE_EXHAUSTED"),
                arguments(ProviderErrorBody.MINIMAX_RATE, RATE_LIMIT, 0, "in-band 1002"),
                arguments(ProviderErrorBody.MINIMAX_BALANCE, QUOTA, 0, "in-band 1008"),
                arguments(ProviderErrorBody.MINIMAX_PARAMS, CALLER, 0, "in-band 2013"),
                arguments(ProviderErrorBody.ZAI_BALANCE, QUOTA, 0, "in-band 1113"),
                arguments(ProviderErrorBody.LMSTUDIO_CONTEXT, CONTEXT, 0, "in-band"),
                arguments(ProviderErrorBody.EMPTY, SERVER, 0, "in-band"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("inBand")
    void decides_on_errors_that_came_with_status_200(
            ProviderErrorBody body, FailureKind kind, int status, String detail) {
        ProviderException failure = FailureClassifier.inBand(body.error(), false, NOW);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.getMessage()).startsWith(detail);
        assertThat(FailureClassifier.inBand(body.error(), true, NOW).kind())
                .isEqualTo(kind == CALLER ? UNSUPPORTED : kind);
    }
}
