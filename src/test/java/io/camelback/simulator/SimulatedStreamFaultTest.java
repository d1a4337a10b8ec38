package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RawHttpClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that begin well and go wrong after some tokens. */
class SimulatedStreamFaultTest extends SimulatedProviderTestBase {
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_cut_stream_has_so_many_tokens_and_no_end(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.cutAfter(2));
        try (RawHttpClient client = ask.raw(provider, true)) {
            assertThat(client.readToEnd())
                    .contains("word1")
                    .contains(" word2")
                    .doesNotContain("word3")
                    .endsWith("\n\r\n")
                    .doesNotEndWith(LAST_CHUNK);
        }
        assertThat(provider.received().get(0).tokensSent()).isEqualTo(2);
    }

    @Test
    void http_clients_notice_that_a_stream_is_cut() {
        provider.script().then(SimulatedFault.cutAfter(2));

        assertThatThrownBy(() -> SimulatedRequestCase.OPENAI.send(provider, true))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_stream_can_be_reset_after_tokens() throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.resetAfter(2));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            assertThat(client.readToReset()).startsWith("HTTP/1.1 200 OK").doesNotContain("word3");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_stream_can_end_well_for_http_alone(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.words(5)).script().then(SimulatedFault.endAfter(2));

        assertThat(ask.send(provider, true).body())
                .contains("word2")
                .doesNotContain("word3")
                .doesNotContain("[DONE]")
                .doesNotContain("message_stop")
                .doesNotContain("STOP")
                .doesNotContain("\"stop\"");
    }

    @Test
    void a_cut_after_more_tokens_than_there_are_comes_after_the_last() throws Exception {
        provider.script().then(SimulatedFault.endAfter(99));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, true).body())
                .contains(" sim.")
                .doesNotContain("\"stop\"");
        assertThat(provider.received().get(0).tokensSent()).isEqualTo(3);
    }

    @Test
    void a_cut_after_no_token_leaves_only_the_opening() throws Exception {
        provider.script().then(SimulatedFault.endAfter(0));

        assertThat(SimulatedRequestCase.ANTHROPIC.send(provider, true).body())
                .startsWith("event: message_start\n")
                .hasLineCount(3);
    }

    @Test
    void tool_arguments_can_be_cut_inside_their_json() throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("f", "{\"city\":\"Oslo\"}"))
                .script()
                .then(SimulatedFault.endAfter(1));

        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
        String body = SimulatedRequestCase.OPENAI.send(provider, true, tools).body();

        assertThat(body).endsWith("\"function\":{\"arguments\":\"{\\\"cit\"}}]},\"finish_reason\":null}]}\n\n");
    }

    @Test
    void a_cut_plain_answer_is_shorter_than_it_says() throws Exception {
        String whole = SimulatedRequestCase.OPENAI.send(provider, false).body();
        provider.script().then(SimulatedFault.cutAfter(1));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, false)) {
            String answer = client.readToEnd();
            assertThat(answer).contains("Content-Length: " + whole.length() + "\r\n");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(whole.length() / 2);
        }
    }

    @Test
    void a_plain_answer_can_be_cut_json_of_the_right_length() throws Exception {
        String whole = SimulatedRequestCase.OPENAI.send(provider, false).body();
        provider.script().then(SimulatedFault.malformedJson(0));

        assertThat(SimulatedRequestCase.OPENAI.send(provider, false).body())
                .startsWith("{\"id\":\"chatcmpl")
                .hasSize(whole.length() / 2);
    }

    @Test
    void a_bad_chunk_size_comes_after_tokens() throws Exception {
        provider.script().then(SimulatedFault.badChunkSize(1));
        try (RawHttpClient client = SimulatedRequestCase.OPENAI.raw(provider, true)) {
            assertThat(client.readToEnd())
                    .contains("Hello")
                    .doesNotContain(" from")
                    .endsWith("\n\n\r\nnot-a-size\r\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void an_event_can_have_broken_json(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.words(3)).script().then(SimulatedFault.malformedJson(1));

        String[] events = ask.send(provider, true).body().split("\r?\n\r?\n");

        long broken = Arrays.stream(events)
                .filter(event -> !event.endsWith("}") && !event.endsWith("[DONE]"))
                .count();
        assertThat(broken).isEqualTo(1);
        assertThat(String.join("", events)).contains("word3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "OPENAI, '\"choices\":[],\"error\":{\"message\":\"The engine is currently overloaded, please try again later.\"'",
        "RESPONSES, 'event: response.failed\ndata: {\"type\":\"response.failed\"'",
        "ANTHROPIC, 'event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"'",
        "GEMINI, 'data: {\"error\":{\"code\":529,'"
    })
    void an_error_can_come_before_the_first_token(SimulatedRequestCase ask, String part) throws Exception {
        provider.script().then(SimulatedFault.errorEventFirst());

        HttpResponse<String> response = ask.send(provider, true);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains(part)
                .doesNotContain("Hello")
                .doesNotContain("[DONE]")
                .doesNotContain("message_stop");
        assertThat(response.body().contains("message_start")).isEqualTo(ask == SimulatedRequestCase.ANTHROPIC);
    }

    @Test
    void an_error_of_another_status_can_come_after_tokens() throws Exception {
        provider.script().then(SimulatedFault.errorEventAfter(2).status(429));

        assertThat(SimulatedRequestCase.ANTHROPIC.send(provider, true).body())
                .contains("Hello")
                .contains(" from")
                .doesNotContain(" sim.")
                .contains("rate_limit_error")
                .doesNotContain("message_delta");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_terminal_event_can_be_missing(SimulatedRequestCase ask) throws Exception {
        provider.script().then(SimulatedFault.finishWithoutDone());

        assertThat(ask.send(provider, true).body())
                .containsAnyOf("\"stop\"", "\"end_turn\"", "\"STOP\"", "response.completed")
                .doesNotContain("[DONE]")
                .doesNotContain("message_stop");
    }

    @Test
    void a_stream_can_be_answered_with_plain_json() throws Exception {
        provider.script().then(SimulatedFault.jsonForStream());

        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, true);

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).startsWith("{\"id\":\"chatcmpl-sim-1\",\"object\":\"chat.completion\"");
    }
}
