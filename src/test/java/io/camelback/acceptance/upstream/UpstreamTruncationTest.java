package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * docs/failures.md, "Time and truncation", before a running gateway: answers that end too early, too late or not at
 * all.
 */
class UpstreamTruncationTest extends UpstreamTimersTestBase {
    private static RecordedRequest last(String deployment) {
        List<RecordedRequest> all = drill.provider(deployment).received();
        return all.get(all.size() - 1);
    }

    @Test
    void T08_a_body_shorter_than_it_said() throws Exception {
        drill.coolDown(List.of("deepseek"));
        drill.script("groq-llama").then(SimulatedFault.cutAfter(1));

        assertMistralAnswered(drill.ask("economy", false));
    }

    @Test
    void T09_chunks_without_a_last_one() throws Exception {
        drill.coolDown(List.of("deepseek"));
        drill.script("groq-llama")
                .then(SimulatedFault.rawBytes(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));

        assertMistralAnswered(drill.ask("economy", false));
    }

    private static void assertMistralAnswered(HttpResponse<String> response) throws Exception {
        assertThat(header(response, "x-camelback-model")).isEqualTo("mistral-small");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(text(response)).as("nothing of the answer that was cut").isEqualTo(drill.hello("mistral-small"));
        assertThat(drill.failures("groq-llama")).isEqualTo(1);
        assertThat(drill.asked("groq-llama")).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T10_an_end_without_a_finish(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(20));
        drill.script(dialect.link).then(SimulatedFault.endAfter(10));

        StreamTranscript.of(drill.ask(dialect.chain, true)).assertBroken("stream_truncated");
        assertThat(drill.failures(dialect.link)).isEqualTo(1);
        assertThat(broken().metering().estimated()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T11_a_finish_without_its_terminal_event(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link).then(SimulatedFault.finishWithoutDone());

        StreamTranscript.of(drill.ask(dialect.chain, true)).assertComplete(drill.hello(dialect.link));
        assertThat(drill.failures(dialect.link)).isZero();
        assertThat(drill.record().answering().orElseThrow().metering().usage())
                .as("told or estimated")
                .isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T12_a_reset_before_and_after_the_first_content(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link).answer(SimulatedCompletion.words(20));
        drill.script(dialect.link).then(SimulatedFault.resetAfter(0), SimulatedFault.resetAfter(10));
        drill.script(dialect.next).always(SimulatedFault.ok(SimulatedCompletion.text("All of it.")));

        HttpResponse<String> before = drill.ask(dialect.chain, true);
        StreamTranscript after = StreamTranscript.of(drill.ask(dialect.chain, true));

        StreamTranscript.of(before).assertComplete("All of it.");
        after.assertBroken("stream_interrupted");
        assertThat(after.text())
                .doesNotContain("All of it")
                .isEqualTo(
                        IntStream.rangeClosed(1, 10).mapToObj(i -> "word" + i).collect(Collectors.joining(" ")));
        assertThat(drill.asked(dialect.next)).isEqualTo(1);
        assertThat(drill.failures(dialect.link)).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T13_a_provider_that_lingers_after_its_end(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.script(dialect.link).then(SimulatedFault.lingerAfterDone());

        StreamTranscript.of(drill.ask(dialect.chain, true)).assertComplete(drill.hello(dialect.link));

        assertThat(last(dialect.link).awaitEnd(GatewayTestCase.SOON)).isTrue();
        assertThat(last(dialect.link).clientGone())
                .as("the connection was dropped")
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void T13_one_that_does_not_keeps_its_connection(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.ask(dialect.chain, true);
        int connections = drill.provider(dialect.link).accepted();

        drill.ask(dialect.chain, true);
        drill.ask(dialect.chain, false);

        assertThat(drill.provider(dialect.link).accepted()).as("connections").isEqualTo(connections);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void T14_a_tool_call_that_is_cut(ProtocolChains dialect) throws Exception {
        dialect.first(drill);
        drill.provider(dialect.link)
                .answer(SimulatedCompletion.hello().toolCall("delete", "{\"path\":\"/tmp/some/where/else\"}"));
        drill.script(dialect.link).then(SimulatedFault.endAfter(1));

        HttpResponse<String> response = drill.gateway()
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"" + dialect.chain
                                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"go\"}],\"tools\":[{\"type\":\"function\","
                                + "\"function\":{\"name\":\"delete\",\"parameters\":{\"type\":\"object\"}}}]}");

        StreamTranscript.of(response).assertBroken("stream_truncated");
        assertThat(response.body()).doesNotContain("\"finish_reason\":\"tool_calls\"");
    }
}
