package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderErrorReaderTest {

    static Stream<Arguments> shapes() {
        return Stream.of(
                // body, type, code, param, status, reasons, a piece of the message
                arguments(
                        ProviderErrorBody.OPENAI_RATE,
                        "tokens",
                        "rate_limit_exceeded",
                        null,
                        null,
                        List.of(),
                        "try again in 6m0s"),
                arguments(
                        ProviderErrorBody.OPENAI_PARAM,
                        "invalid_request_error",
                        "unsupported_value",
                        "temperature",
                        null,
                        List.of(),
                        "0.2"),
                arguments(
                        ProviderErrorBody.RESPONSES_FAILED,
                        null,
                        "server_error",
                        null,
                        null,
                        List.of(),
                        "An error occurred."),
                arguments(
                        ProviderErrorBody.RESPONSES_ERROR_EVENT,
                        null,
                        "rate_limit_exceeded",
                        null,
                        null,
                        List.of(),
                        "Slow down."),
                arguments(
                        ProviderErrorBody.ANTHROPIC_OVERLOADED,
                        "overloaded_error",
                        null,
                        null,
                        null,
                        List.of(),
                        "Overloaded"),
                arguments(
                        ProviderErrorBody.ANTHROPIC_SPEND,
                        "rate_limit_error",
                        null,
                        null,
                        null,
                        List.of("enforced_spend_limit_reached"),
                        "spend limit"),
                arguments(
                        ProviderErrorBody.ANTHROPIC_PARAM,
                        "invalid_request_error",
                        null,
                        "messages.0.content.1.text",
                        null,
                        List.of(),
                        "non-empty"),
                arguments(
                        ProviderErrorBody.GEMINI_MINUTE,
                        null,
                        "429",
                        null,
                        "RESOURCE_EXHAUSTED",
                        List.of("GenerateRequestsPerMinutePerProjectPerModel"),
                        "retry in 37.2s"),
                arguments(
                        ProviderErrorBody.GEMINI_DAY,
                        null,
                        "429",
                        null,
                        "RESOURCE_EXHAUSTED",
                        List.of("RATE_LIMIT_EXCEEDED", "GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                        "quota"),
                arguments(
                        ProviderErrorBody.GEMINI_KEY,
                        null,
                        "400",
                        null,
                        "INVALID_ARGUMENT",
                        List.of("API_KEY_INVALID"),
                        "not valid"),
                arguments(
                        ProviderErrorBody.GEMINI_FIELD,
                        null,
                        "400",
                        "generation_config.top_k",
                        "INVALID_ARGUMENT",
                        List.of(),
                        "Invalid"),
                arguments(
                        ProviderErrorBody.GEMINI_COMPAT_ARRAY,
                        null,
                        "404",
                        null,
                        "NOT_FOUND",
                        List.of(),
                        "is not found"),
                arguments(
                        ProviderErrorBody.GEMINI_INTERACTIONS,
                        null,
                        "invalid_request",
                        null,
                        null,
                        List.of(),
                        "Bad input"),
                arguments(
                        ProviderErrorBody.AZURE_FILTER,
                        null,
                        "content_filter",
                        "prompt",
                        null,
                        List.of("ResponsibleAIPolicyViolation"),
                        "filtered"),
                arguments(ProviderErrorBody.AZURE_GATEWAY, null, "401", null, null, List.of(), "Access denied"),
                arguments(ProviderErrorBody.BEDROCK_PLAIN, null, null, null, null, List.of(), "Too many tokens"),
                arguments(
                        ProviderErrorBody.BEDROCK_TYPED,
                        "ThrottlingException",
                        null,
                        null,
                        null,
                        List.of(),
                        "Too many requests"),
                arguments(ProviderErrorBody.OPENROUTER, null, "502", null, null, List.of(), "upstream connect error"),
                arguments(
                        ProviderErrorBody.OPENROUTER_MODERATION,
                        null,
                        "403",
                        null,
                        null,
                        List.of("flagged_input"),
                        "flagged"),
                arguments(ProviderErrorBody.OPENROUTER_CHOICE, null, "502", null, null, List.of(), "disconnected"),
                arguments(
                        ProviderErrorBody.MISTRAL_FLAT,
                        "invalid_model",
                        "1500",
                        null,
                        null,
                        List.of(),
                        "Invalid model"),
                arguments(
                        ProviderErrorBody.MISTRAL_VALIDATION,
                        "extra_forbidden",
                        null,
                        "messages.0.name",
                        null,
                        List.of(),
                        "Extra inputs"),
                arguments(ProviderErrorBody.MISTRAL_NEW, null, null, null, null, List.of(), "rate limit exceeded"),
                arguments(
                        ProviderErrorBody.XAI_TEXT_CODE,
                        null,
                        "Client specified an invalid argument",
                        null,
                        null,
                        List.of(),
                        "Incorrect API key"),
                arguments(ProviderErrorBody.XAI_TEXT, null, null, null, null, List.of(), "maximum prompt length"),
                arguments(
                        ProviderErrorBody.GROQ_TOOL,
                        "invalid_request_error",
                        "tool_use_failed",
                        null,
                        null,
                        List.of(),
                        "Failed to call"),
                arguments(
                        ProviderErrorBody.DEEPSEEK_BALANCE,
                        "unknown_error",
                        "invalid_request_error",
                        null,
                        null,
                        List.of(),
                        "Balance"),
                arguments(ProviderErrorBody.ZAI_BALANCE, null, "1113", null, null, List.of(), "Insufficient"),
                arguments(ProviderErrorBody.MINIMAX_RATE, null, "1002", null, null, List.of(), "rate limit"),
                arguments(ProviderErrorBody.OLLAMA_NATIVE, null, null, null, null, List.of(), "not found"),
                arguments(
                        ProviderErrorBody.LLAMACPP_CONTEXT,
                        "exceed_context_size_error",
                        "400",
                        null,
                        null,
                        List.of(),
                        "available context"),
                arguments(
                        ProviderErrorBody.VLLM_CONTEXT,
                        "BadRequestError",
                        "400",
                        null,
                        null,
                        List.of(),
                        "maximum context length"),
                arguments(
                        ProviderErrorBody.VLLM_FLAT, "NotFoundError", "404", null, null, List.of(), "does not exist"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void reads_every_shape(
            ProviderErrorBody body,
            String type,
            String code,
            String param,
            String status,
            List<String> reasons,
            String message) {
        ProviderError error = body.error();
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.param()).isEqualTo(param);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.reasons()).isEqualTo(reasons);
        assertThat(error.message()).contains(message);
    }

    @Test
    void reads_the_wait_of_google() {
        assertThat(ProviderErrorBody.GEMINI_MINUTE.error().retryDelay()).isEqualTo(Duration.ofSeconds(37));
        assertThat(ProviderErrorBody.GEMINI_DAY.error().retryDelay()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(ProviderErrorBody.GEMINI_KEY.error().retryDelay()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nonsense",
                "<html></html>",
                "[]",
                "[1]",
                "null",
                "17",
                "{}",
                "{\"error\":null}",
                "{\"error\":{}}",
                "{\"error\":\"\"}",
                "{\"detail\":[]}",
                "{\"error\":{\"message\":\"cut o",
                "\u0000\u0001"
            })
    void what_says_nothing_is_empty(String body) {
        assertThat(ProviderErrorReader.read(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ProviderError.EMPTY);
    }

    @Test
    void bytes_that_are_no_text_are_empty() {
        assertThat(ProviderErrorReader.read(new byte[] {(byte) 0xff, (byte) 0xfe, 0x1f, (byte) 0x8b}))
                .isEqualTo(ProviderError.EMPTY);
        assertThat(ProviderErrorReader.read((byte[]) null)).isEqualTo(ProviderError.EMPTY);
        assertThat(ProviderErrorReader.read("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ProviderError.EMPTY);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(ProviderErrorBody.class)
    void a_body_cut_anywhere_never_throws(ProviderErrorBody body) {
        byte[] whole = body.bytes();
        for (int length = 0; length < whole.length; length++) {
            assertThat(ProviderErrorReader.read(Arrays.copyOf(whole, length))).isNotNull();
        }
    }

    @Test
    void a_huge_message_is_cut() {
        ProviderError error = ProviderErrorReader.read(Json.object().put("message", "x".repeat(100_000)));
        assertThat(error.message()).hasSize(8_192);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":null,\"type\":7.5,\"code\":true,\"param\":{},\"status\":1,\"details\":\"x\",\"metadata\":3}}",
                "{\"error\":{\"message\":[\"a\"],\"details\":[null,1,{\"violations\":7,\"retryDelay\":\"soon\"}],\"innererror\":[]}}",
                "{\"error\":{\"message\":{\"nested\":1},\"details\":[{\"retryDelay\":\"-5s\"},{\"fieldViolations\":{}}]}}"
            })
    void fields_of_the_wrong_type_are_passed_over(String body) throws JsonProcessingException {
        ProviderError error = ProviderErrorReader.read(Json.read(body));
        assertThat(error.code()).isNull();
        assertThat(error.type()).isNull();
        assertThat(error.param()).isNull();
        assertThat(error.status()).isNull();
        assertThat(error.retryDelay()).isNull();
        assertThat(error.reasons()).isEmpty();
    }

    @Test
    void knows_an_error_that_came_with_status_200() throws IOException {
        Set<ProviderErrorBody> errors = EnumSet.of(
                ProviderErrorBody.OPENROUTER,
                ProviderErrorBody.OPENAI_QUOTA,
                ProviderErrorBody.ANTHROPIC_OVERLOADED,
                ProviderErrorBody.GEMINI_UNAVAILABLE,
                ProviderErrorBody.GEMINI_COMPAT_ARRAY,
                ProviderErrorBody.MINIMAX_RATE,
                ProviderErrorBody.OLLAMA_NATIVE,
                ProviderErrorBody.XAI_TEXT_CODE,
                ProviderErrorBody.RESPONSES_FAILED,
                ProviderErrorBody.RESPONSES_ERROR_EVENT,
                ProviderErrorBody.OPENROUTER_CHOICE,
                ProviderErrorBody.VLLM_FLAT);
        for (ProviderErrorBody body : errors) {
            assertThat(InBandErrorDetector.isError(Json.read(body.bytes())))
                    .as(body.name())
                    .isTrue();
        }
        assertThat(InBandErrorDetector.isError(Json.read("{\"choices\":[],\"error\":{\"code\":502}}")))
                .isTrue();
        assertThat(
                        InBandErrorDetector.isError(
                                Json.read(
                                        "{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\"},\"output\":[]}")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hi\"}}],\"error\":null}",
                "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"error\":null}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}],\"error\":null}",
                "{\"choices\":[{\"error\":null}],\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}",
                "{\"type\":\"ping\"}",
                "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"error\":null,\"output\":[]}",
                "[{\"candidates\":[]}]",
                "{\"error\":\"\"}",
                "{}",
                "[]",
                "null",
                "\"error\""
            })
    void an_answer_is_no_error(String body) throws JsonProcessingException {
        assertThat(InBandErrorDetector.isError(Json.read(body))).isFalse();
    }
}
