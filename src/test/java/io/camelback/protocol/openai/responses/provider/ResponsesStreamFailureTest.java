package io.camelback.protocol.openai.responses.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.ResponsesFixtures;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of the Responses API that break, fail or are malformed. */
class ResponsesStreamFailureTest {
    private static final ChatRequest CODEX =
            ResponsesFixtures.request(ResponsesFixtures.text("request-codex/request.json"));

    @Test
    void a_made_stream_that_breaks_ends_with_the_failed_response_and_no_second_error() {
        StreamWriter writer = ResponsesFixtures.writer(CODEX);
        writer.write(StreamChunk.made(new StreamEvent.Started("x", "m"), new StreamEvent.TextDelta(0, "Hi")));

        List<WireFixtures.Event> events =
                WireFixtures.events(writer.error(GatewayError.of(502, "stream_truncated", "It was cut.")));

        assertThat(events).extracting(WireFixtures.Event::name).containsExactly("response.failed");
        ObjectNode failed = ResponsesFixtures.json(events.get(0).data());
        assertThat(failed.path("sequence_number").asInt()).isEqualTo(5);
        assertThat(failed.path("response").path("id").asText()).isEqualTo("resp_req-1");
        assertThat(failed.path("response").path("status").asText()).isEqualTo("failed");
        assertThat(Json.text(failed.path("response").path("error")))
                .isEqualTo("{\"code\":\"stream_truncated\",\"message\":\"It was cut. (request id req-1)\"}");
    }

    @Test
    void a_stream_that_breaks_before_it_began_begins_first() {
        assertThat(WireFixtures.events(ResponsesFixtures.writer(CODEX).error(GatewayError.of(502, "x", "y"))))
                .extracting(WireFixtures.Event::name)
                .containsExactly("response.created", "response.in_progress", "response.failed");
    }

    @Test
    void a_relayed_stream_that_breaks_ends_the_providers_own_response() {
        List<StreamChunk> chunks = ResponsesFixtures.chunks(ResponsesFixtures.text("stream-text/stream.sse"))
                .subList(0, 5);
        StreamWriter writer = ResponsesFixtures.writer(CODEX);
        String sent = chunks.stream().map(writer::write).collect(Collectors.joining());

        List<WireFixtures.Event> events =
                WireFixtures.events(writer.error(GatewayError.of(504, "stream_stalled", "It stopped.")));

        assertThat(ResponsesFixtures.text("stream-text/stream.sse")).startsWith(sent);
        ObjectNode failed = ResponsesFixtures.json(events.get(0).data());
        assertThat(failed.path("sequence_number").asInt()).isEqualTo(5);
        assertThat(failed.path("response").path("id").asText()).isEqualTo("resp_68b0");
        assertThat(failed.path("response").path("error").path("code").asText()).isEqualTo("stream_stalled");
        assertThat(events).hasSize(1);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "400, invalid_request, invalid_prompt",
        "400, unsupported, invalid_prompt",
        "400, content_policy, invalid_prompt",
        "400, context_length_exceeded, context_length_exceeded",
        "413, request_too_large, invalid_prompt",
        "429, rate_limited, rate_limit_exceeded",
        "429, budget_exceeded, insufficient_quota",
        "502, stream_truncated, stream_truncated",
        "504, client_deadline, client_deadline"
    })
    void a_failed_response_tells_by_its_code_whether_to_send_the_request_again(int status, String code, String told) {
        String written = ResponsesFixtures.writer(CODEX).error(GatewayError.of(status, code, "m"));

        assertThat(written)
                .contains("\"error\":{\"code\":\"" + told + "\",\"message\":\"m (request id req-1)\"}")
                .doesNotContain("server_error");
    }

    @Test
    void a_reader_is_finished_only_by_the_last_event() {
        StreamReader reader = ResponsesFixtures.DIALECT.streamReader();
        List<WireFixtures.Event> events = WireFixtures.events(ResponsesFixtures.text("stream-text/stream.sse"));
        for (WireFixtures.Event event : events) {
            assertThat(reader.finished()).isFalse();
            reader.read(null, ResponsesFixtures.json(event.data()));
        }
        assertThat(reader.finished()).isTrue();
        assertThat(reader.terminated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"response.completed\"}",
                "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":0,\"delta\":\"{\"}",
                "{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"function_call\",\"call_id\":\"c\"}}"
            })
    void what_is_no_event_of_this_dialect_is_malformed(String data) {
        StreamReader reader = ResponsesFixtures.DIALECT.streamReader();

        assertThatThrownBy(() -> reader.read(null, ResponsesFixtures.json(data)))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void events_not_known_here_mean_nothing() {
        StreamReader reader = ResponsesFixtures.DIALECT.streamReader();

        assertThat(reader.read("keepalive", ResponsesFixtures.json("{\"type\":\"keepalive\",\"sequence_number\":3}")))
                .isEmpty();
        assertThat(reader.read(null, ResponsesFixtures.json("{\"type\":\"response.new_thing.delta\",\"delta\":{}}")))
                .isEmpty();
    }
}
