package io.camelback.camel;

import static io.camelback.camel.RunningGateway.header;
import static io.camelback.camel.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.dialect.Json;
import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import io.camelback.lab.Received;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that come to a good end, whatever their provider does on the way: live, whole, and never from two models. */
class StreamsTest {
    @RegisterExtension
    static final Drill drill = Drill.shipped();

    private static final String MANY_TONGUES = "你好，世界。 Grüße 🐪🐫 👩‍👩‍👧‍👦 नमस्ते \u0007 \"quoted\" \\ back\nline é e\u0301 ok";

    /** What a provider does before its first content, so that the next link answers. */
    enum Beginning {
        ERROR_EVENT(Fault.errorEventFirst()),
        RESET_AFTER_THE_OPENING(Fault.resetAfter(0)),
        CUT_AFTER_THE_OPENING(Fault.cutAfter(0)),
        END_AFTER_THE_OPENING(Fault.endAfter(0)),
        STALL_AFTER_THE_OPENING(Fault.stallAfter(0)),
        PINGS_AND_NOTHING_MORE(Fault.pingsBeforeFirstToken(Duration.ofSeconds(4), Duration.ofMillis(50))),
        BROKEN_JSON(Fault.malformedJson(0)),
        BAD_CHUNK(Fault.badChunkSize(0)),
        NOTHING_SAID(Fault.emptyCompletion()),
        COMMENTS_ONLY(Fault.rawSse(": OPENROUTER PROCESSING\n\n".repeat(20), 7));

        final Fault fault;

        Beginning(Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void tokens_arrive_as_they_are_sent(Dialects dialect) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link).then(Fault.ok(Completion.words(10).delay(Duration.ofMillis(60))));

        HttpResponse<InputStream> response = drill.gateway().client().send(drill.gateway().request("/v1/chat/completions",
                RunningGateway.chat(dialect.chain, true)), HttpResponse.BodyHandlers.ofInputStream());
        Received received = last(dialect);
        StringBuilder body = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (int word = 1; word <= 5; word++) {
                String line = lines.readLine();
                while (!line.contains("word" + word)) {
                    body.append(line).append('\n');
                    line = lines.readLine();
                }
                body.append(line).append('\n');
                assertThat(received.tokensSent()).as("sent when word %d arrived", word).isBetween(word - 1, 9);
            }
            lines.lines().forEach(line -> body.append(line).append('\n'));
        }

        Transcript.of(body.toString()).assertComplete("word1 word2 word3 word4 word5 word6 word7 word8 word9 word10");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void thinking_keeps_a_stream_alive_and_comes_first(Dialects dialect) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link).then(Fault.ok(Completion.hello().tokens(1).reasoning("one ", "two ", "three ")
                .delay(Duration.ofMillis(200))));

        HttpResponse<String> response = drill.ask(dialect.chain, true);

        Transcript.of(response).assertComplete(drill.hello(dialect.link));
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void nothing_is_seen_of_a_link_that_fails_before_its_first_word(Beginning beginning) throws Exception {
        for (Dialects dialect : Dialects.values()) {
            dialect.first(drill);
            drill.script(dialect.link).then(beginning.fault);
            int failures = drill.failures(dialect.link);

            HttpResponse<String> response = drill.ask(dialect.chain, true);

            assertThat(header(response, "x-camelback-model")).as(dialect.name()).isEqualTo(dialect.next);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
            Transcript.of(response).assertComplete(drill.hello(dialect.next));
            assertThat(drill.failures(dialect.link)).isEqualTo(failures + 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_finish_without_a_terminal_event_is_an_end(Dialects dialect) throws Exception {
        assertWhole(dialect, Fault.finishWithoutDone());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_provider_that_lingers_after_its_end_holds_up_nobody(Dialects dialect) throws Exception {
        assertWhole(dialect, Fault.lingerAfterDone());
        assertThat(last(dialect).awaitEnd(Drill.SOON)).isTrue();
        assertThat(last(dialect).clientGone()).as("the connection was dropped").isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_compressed_stream_is_read(Dialects dialect) throws Exception {
        assertWhole(dialect, Fault.gzip());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_plain_answer_becomes_a_stream(Dialects dialect) throws Exception {
        assertWhole(dialect, Fault.jsonForStream());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void no_character_is_lost_between_two_bytes(Dialects dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(Completion.text(MANY_TONGUES).tokens(1_000));
        for (boolean stream : new boolean[] {false, true}) {
            for (int slice : new int[] {1, 3}) {
                drill.script(dialect.link).then(Fault.sliced(slice));

                HttpResponse<String> response = drill.ask(dialect.chain, stream);

                assertThat(text(response)).isEqualTo(MANY_TONGUES);
                assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.link);
            }
        }
    }

    @Test
    void lines_may_end_in_any_way_and_the_last_one_not_at_all() throws Exception {
        String chunk = "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                + "\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}";
        String first = String.format(chunk, "\"role\":\"assistant\",\"content\":\"Hel\"", "null");
        String second = String.format(chunk, "\"content\":\"lo\"", "\"stop\"");
        for (String body : List.of("\uFEFFdata: " + first + "\r\n\r\ndata:" + second + "\r\n\r\ndata: [DONE]\r\n\r\n",
                "id: 1\rretry: 5\rdata: " + first + "\r\rdata: " + second + "\r\rdata: [DONE]\r\r",
                ": hi\n\ndata: " + first + "\n\ndata: " + second + "\n\ndata: [DONE]")) {
            drill.script("deepseek").then(Fault.rawSse(body, 5));

            Transcript.of(drill.ask("economy", true)).assertComplete("Hello");
        }
        assertThat(drill.asked("deepseek")).isEqualTo(3);
        assertThat(drill.breaker("deepseek").getState()).isEqualTo(State.CLOSED);
    }

    private static void assertWhole(Dialects dialect, Fault fault) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link).then(fault, fault);

        HttpResponse<String> streamed = drill.ask(dialect.chain, true);
        HttpResponse<String> plain = drill.ask(dialect.chain, false);

        Transcript.of(streamed).assertComplete(drill.hello(dialect.link));
        assertThat(text(plain)).isEqualTo(drill.hello(dialect.link));
        assertThat(Json.read(plain.body()).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        for (HttpResponse<String> response : List.of(streamed, plain)) {
            assertThat(header(response, "x-camelback-model")).isEqualTo(dialect.link);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
            assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        }
        assertThat(drill.failures(dialect.link)).isZero();
    }

    private static Received last(Dialects dialect) {
        List<Received> all = drill.provider(dialect.link).received();
        return all.get(all.size() - 1);
    }
}
