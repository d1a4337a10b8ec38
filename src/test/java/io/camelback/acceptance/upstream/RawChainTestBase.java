package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.failure.FailureKind;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chain whose first link sends the bytes that a test says, and what becomes of a request to it. */
abstract class RawChainTestBase {
    @RegisterExtension
    static final FixedBytesProvider FIRST = new FixedBytesProvider();

    @RegisterExtension
    static final GatewayTestCase drill = RawProviderChain.drill(
            FIRST,
            GatewayTestCase.SOON,
            config -> GatewayTestCase.withoutRetries(config)
                    .replace("raw-openai: {", "raw-openai: { quota-stop-reasons: [model_context_window_exceeded],"));

    static final String ANSWER =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                    + "\"index\":0,\"message\":{\"role\":\"assistant\",%s},\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":1000,"
                    + "\"completion_tokens\":%d,\"total_tokens\":1001}}";
    static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}\n\n";
    static final String HELLO = String.format(CHUNK, "\"role\":\"assistant\",\"content\":\"Hello\"", "null");
    static final String STOP = String.format(CHUNK, "", "\"stop\"");
    static final String DONE = "data: [DONE]\n\n";

    @AfterEach
    void nothing_is_left_open() {
        GatewayTestCase.soon("connections to the first link").until(() -> FIRST.openConnections() == 0);
    }

    static Reply sse(String... events) {
        return Reply.stream(String.join("", events).getBytes(StandardCharsets.UTF_8), End.FIN);
    }

    static Reply json(String body) {
        return Reply.json(200, body);
    }

    /** Asks the chain of that link, which must go on to the next one, and says what became of the first. */
    static AttemptResult next(RawProviderChain link, Reply reply, boolean stream) throws Exception {
        FIRST.answer(reply);
        int asked = FIRST.asked();
        int askedNext = drill.asked(RawProviderChain.NEXT);

        HttpResponse<String> response = drill.ask(link.chain, stream);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(drill.hello(RawProviderChain.NEXT));
        assertThat(header(response, "x-camelback-model")).isEqualTo(RawProviderChain.NEXT);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(response.body()).doesNotContain("canary");
        assertThat(FIRST.asked() - asked).as("requests to the first link").isEqualTo(1);
        assertThat(drill.asked(RawProviderChain.NEXT) - askedNext)
                .as("requests to the next")
                .isEqualTo(1);
        RequestRecord record = drill.record();
        assertThat(record.attempts()).hasSize(2);
        assertThat(record.attempts().get(1).metering().usage().output())
                .as("settled from the usage it reported")
                .isPositive();
        assertThat(record.attempts().get(1).metering().estimated()).isFalse();
        return record.attempts().get(0);
    }

    static void assertCounted(AttemptResult first, RawProviderChain link, FailureKind kind) {
        assertThat(first.failure().kind()).isEqualTo(kind);
        assertThat(drill.failures(link.link)).isEqualTo(1);
        assertThat(first.metering().microDollars()).as("charged").isZero();
    }

    static HttpResponse<String> ask(Reply reply, boolean stream) throws Exception {
        FIRST.answer(reply);
        HttpResponse<String> response = drill.ask(RawProviderChain.OPENAI.chain, stream);
        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo(RawProviderChain.OPENAI.link);
        assertThat(drill.failures(RawProviderChain.OPENAI.link)).isZero();
        return response;
    }
}
