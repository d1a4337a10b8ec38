package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InBandErrorDetectorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":7}",
                "{\"error\":[\"x\"]}",
                "{\"errors\":[{\"message\":\"x\"}]}",
                "{\"err\":\"x\"}",
                "{\"status\":\"error\"}",
                "{\"status\":\"failed\"}",
                "{\"code\":\"InternalError\"}",
                "{\"code\":500}",
                "{\"statusCode\":401}",
                "{\"ok\":false}",
                "{\"success\":false}",
                "{\"msg\":\"x\"}",
                "{\"message\":\"x\",\"code\":1234}",
                "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"x\"}]}",
                "{\"exception\":\"x\"}",
                "{\"internalServerException\":{}}",
                "{\"type\":\"exception\"}",
                "{\"type\":\"BadRequestError\",\"message\":\"x\"}",
                "{\"event\":\"error\"}",
                "[{\"candidates\":[]},{\"error\":{\"code\":503}}]",
                "{\"type\":\"response.failed\"}",
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"error\":{\"message\":\"x\"}}"
            })
    void errors_of_every_maker(String json) throws JsonProcessingException {
        assertThat(InBandErrorDetector.isError(Json.read(json))).isTrue();
    }

    /** What providers send in a stream that goes well, known to us or not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "7",
                "\"error\"",
                "{\"x_groq\":{\"id\":\"req\"}}",
                "{\"error\":null}",
                "{\"error\":false}",
                "{\"error\":0}",
                "{\"errors\":[]}",
                "{\"code\":0,\"msg\":\"success\"}",
                "{\"status\":200,\"message\":\"ok\"}",
                "{\"success\":true,\"message\":\"x\"}",
                "{\"type\":\"ping\",\"message\":\"x\"}",
                "{\"type\":\"info\",\"message\":\"queued\",\"code\":7}",
                "{\"message\":{\"id\":\"m\",\"role\":\"assistant\",\"content\":[]}}",
                "{\"status\":\"in_progress\"}",
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"message\":\"x\",\"code\":500}",
                "{\"choices\":[],\"error\":{}}",
                "{\"usage\":{\"completion_tokens\":1},\"detail\":\"x\"}",
                "{\"type\":\"response.completed\",\"response\":{\"error\":null}}",
                "{\"type\":\"response.mcp_call.failed\",\"item_id\":\"i\"}",
                "{\"candidates\":[{\"content\":{}}],\"error\":null}",
                "{\"object\":\"list\",\"data\":[{\"embedding\":[1]}],\"message\":\"x\"}",
                "{\"content\":\"\",\"message\":\"x\"}",
                "{\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}",
                "{\"delta\":{\"message\":\"x\"}}"
            })
    void nothing_else(String json) throws JsonProcessingException {
        assertThat(InBandErrorDetector.isError(Json.read(json))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error",
                "network_error",
                "server_error",
                "insufficient_system_resource",
                "abort",
                "cancelled",
                "InternalServerError"
            })
    void reasons_for_which_no_answer_ends(String reason) {
        assertThat(InBandErrorDetector.isFault(reason)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stop", "length", "tool_calls", "content_filter", "end_turn", "STOP", "refusal", "eos_token", ""
            })
    void reasons_for_which_answers_end(String reason) {
        assertThat(InBandErrorDetector.isFault(reason)).isFalse();
        assertThat(InBandErrorDetector.isFault(null)).isFalse();
    }
}
