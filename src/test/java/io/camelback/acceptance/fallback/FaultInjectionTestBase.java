package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.camel.kamelet.ChatResponseProcessor;
import io.camelback.camel.kamelet.QualityFilter;
import io.camelback.config.CamelbackConfig;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderCodec;
import io.camelback.quality.CheckPool;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StageFaults;
import io.camelback.testkit.StreamingEndpoint;
import io.camelback.testkit.TruncatedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Faults of the gateway's own, thrown at a provider's answer that it leaves open. After each of them the gateway
 * serves.
 */
abstract class FaultInjectionTestBase {
    @RegisterExtension
    static final FixedBytesProvider FIRST = new FixedBytesProvider();

    static final String BEGIN =
            "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    static final String HELLO =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n";
    static final String THERE =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" there\"}}]}\n\n";
    static final String FINISH =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";
    static final String ROUTE = """
            - beans:
                - name: fault-before-reading
                  type: io.camelback.testkit.StageFaults$BeforeReading
                - name: fault-reading
                  type: io.camelback.testkit.StageFaults$Reading
                - name: fault-after-chain
                  type: io.camelback.testkit.StageFaults$AfterChain
            - route:
                id: raw-openai
                from:
                  uri: direct:raw-openai
                  steps:
                    - circuitBreaker:
                        resilience4jConfiguration: { circuitBreaker: first-openai }
                        steps:
                          - to: kamelet:openai-chat-action/first-openai
                        onFallback:
                          steps:
                            - circuitBreaker:
                                resilience4jConfiguration: { circuitBreaker: gpt, throwExceptionWhenHalfOpenOrOpenState: "true" }
                                steps:
                                  - to: kamelet:openai-chat-action/gpt
                    - process: { ref: fault-after-chain }
            """;

    @RegisterExtension
    static final GatewayTestCase drill = RawProviderChain.drill(
                    FIRST,
                    GatewayTestCase.SOON,
                    config -> GatewayTestCase.withoutRetries(config)
                            .replace("\naliases:\n", "\nbudgets: { total: { day: 100 } }\naliases:\n"))
            .with("routes/chains/raw-openai.camel.yaml", ROUTE)
            .with("kamelets/openai-chat-action.kamelet.yaml", kamelet());

    /** What is thrown. */
    enum Thrown {
        EXCEPTION(true, () -> new IllegalStateException("thrown by the test")),
        OUT_OF_MEMORY(true, () -> new OutOfMemoryError("thrown by the test")),
        STACK_OVERFLOW(false, StackOverflowError::new),
        NO_CLASS(false, () -> new NoClassDefFoundError("thrown by the test"));

        /** Whether it is thrown at callers of all dialects. */
        final boolean everywhere;

        final Supplier<Throwable> make;

        Thrown(boolean everywhere, Supplier<Throwable> make) {
            this.everywhere = everywhere;
            this.make = make;
        }
    }

    static String kamelet() {
        try {
            return Files.readString(Path.of("kamelets/openai-chat-action.kamelet.yaml"))
                    .replace(
                            "        - process: { ref: camelback-from-openai }",
                            "        - process: { ref: fault-before-reading }\n        - process: { ref: fault-reading }");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Processor reading(ProviderCodec codec, CamelContext context) {
        CamelbackConfig config =
                drill.gateway().standalone.gateway().serving().loaded().config();
        return new ChatResponseProcessor(
                codec, new QualityFilter(config, new CheckPool()), config.bounds(), Clock.systemUTC(), context);
    }

    /**
     * Nothing is left open, and the next request of each caller is served. The rest of it is
     * {@link GatewayTestCase#afterEach}'s.
     */
    @AfterEach
    void the_gateway_goes_on() throws Exception {
        StageFaults.disarm();
        GatewayTestCase.soon("connections to the provider").until(() -> FIRST.openConnections() == 0);
        HttpResponse<String> response = StreamingEndpoint.CHAT.ask(drill, RawProviderChain.OPENAI.chain, false);
        assertThat(StreamingEndpoint.CHAT.seen(response.body()).text()).isEqualTo("Hello there");
        assertThat(TruncatedResponse.brokenOff(response)).isFalse();
        drill.forgetFaults();
    }

    static void answerOpen() {
        // The provider leaves the connection open: who ends it is the gateway.
        FIRST.answer(Reply.stream((BEGIN + HELLO + THERE + FINISH).getBytes(StandardCharsets.UTF_8), End.OPEN));
    }

    static void assertStatus(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(Json.read(response.body()).has("error")).as(response.body()).isTrue();
        assertThat(TruncatedResponse.brokenOff(response)).isFalse();
    }

    static JsonNode state(String id) throws Exception {
        for (JsonNode request : Json.read(drill.gateway()
                        .get(drill.gateway().management("/api/state"))
                        .body())
                .path("requests")) {
            if (request.path("id").asText().equals(id)) {
                return request;
            }
        }
        return null;
    }
}
