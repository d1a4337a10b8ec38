package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderErrorReaderTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.camelback.failure.ProviderErrorCases#shapes")
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
