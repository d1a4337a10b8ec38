package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.attempt.AttemptResult;
import io.camelback.camel.kamelet.ChatResponseProcessor;
import io.camelback.camel.kamelet.QualityFilter;
import io.camelback.config.CamelbackConfig;
import io.camelback.failure.FailureKind;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderCodec;
import io.camelback.quality.CheckPool;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StageFaults;
import io.camelback.testkit.StageFaults.Stage;
import io.camelback.testkit.StreamingEndpoint;
import io.camelback.testkit.TruncatedResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Faults of the gateway's own, thrown from each stage of an answer's way to its caller: none may look like a good end,
 * none may leave anything behind, and each is told in log, ledger, metrics and state. After each of them the gateway
 * serves.
 */
public class FaultInjectionTest {
    private static final FixedBytesProvider FIRST = new FixedBytesProvider();
    private static final String BEGIN =
            "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    private static final String HELLO =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n";
    private static final String THERE =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" there\"}}]}\n\n";
    private static final String FINISH =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";
    private static final String ROUTE = """
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
        private final boolean everywhere;

        private final Supplier<Throwable> make;

        Thrown(boolean everywhere, Supplier<Throwable> make) {
            this.everywhere = everywhere;
            this.make = make;
        }
    }

    /** What becomes of a stream. */
    enum Ending {
        /** Nothing was out yet: the next link answers instead. */
        NEXT_LINK,
        /** Nothing was out, and the chain had been left: an error with a status of its own. */
        STATUS,
        /** An error inside the stream, and a response without its end. */
        BROKEN,
        /** The answer is whole: what failed is of no matter to its caller. */
        COMPLETE
    }

    /**
     * Where, after how many bytes or calls, what comes of it, and what of the answer is out by then; null where doors
     * differ.
     */
    enum Place {
        SOCKET_BEFORE(Stage.SOCKET, BEGIN.length(), Ending.NEXT_LINK, null),
        SOCKET_AFTER(Stage.SOCKET, (BEGIN + HELLO).length(), Ending.BROKEN, "Hello"),
        CODEC_BEFORE(Stage.CODEC, 1, Ending.NEXT_LINK, null),
        CODEC_AFTER(Stage.CODEC, 2, Ending.BROKEN, "Hello"),
        CODEC_AT_THE_END(Stage.CODEC, 3, Ending.BROKEN, "Hello there"),
        DECORATOR_BEFORE(Stage.DECORATOR, 0, Ending.STATUS, null),
        DECORATOR_AFTER(Stage.DECORATOR, 2, Ending.BROKEN, "Hello"),
        WRITER_BEFORE(Stage.WRITER, 0, Ending.STATUS, null),
        WRITER_AFTER(Stage.WRITER, 2, Ending.BROKEN, "Hello"),
        SOCKET_WRITE_BEFORE(Stage.SOCKET_WRITE, 0, Ending.STATUS, null),
        SOCKET_WRITE_AFTER(Stage.SOCKET_WRITE, 1, Ending.BROKEN, null),
        SETTLE(Stage.SETTLE, 0, Ending.COMPLETE, "Hello there");

        private final Stage stage;
        private final int after;
        private final Ending ending;
        private final String out;

        Place(Stage stage, int after, Ending ending, String out) {
            this.stage = stage;
            this.after = after;
            this.ending = ending;
            this.out = out;
        }
    }

    private static String kamelet() {
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

    @AfterAll
    static void close() throws Exception {
        FIRST.close();
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

    private static void answerOpen() {
        // The provider leaves the connection open: who ends it is the gateway.
        FIRST.answer(Reply.stream((BEGIN + HELLO + THERE + FINISH).getBytes(StandardCharsets.UTF_8), End.OPEN));
    }

    static Stream<Arguments> streams() {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Thrown.values())
                        .flatMap(thrown -> Arrays.stream(StreamingEndpoint.values())
                                .filter(door -> thrown.everywhere || door == StreamingEndpoint.CHAT)
                                .map(door -> Arguments.of(place, thrown, door))));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("streams")
    void a_stream_that_meets_a_fault_never_looks_whole(Place place, Thrown thrown, StreamingEndpoint door)
            throws Exception {
        answerOpen();
        double before = metric(place);
        StageFaults.arm(place.stage, place.after, thrown.make);

        HttpResponse<String> response = door.ask(drill, RawProviderChain.OPENAI.chain, false);

        RequestRecord record = drill.record();
        if (place.ending == Ending.STATUS) {
            assertStatus(response);
        } else {
            StreamingEndpoint.Seen seen = door.seen(response.body());
            assertThat(place.ending == Ending.BROKEN ? seen.broken() : seen.complete())
                    .as(response.body())
                    .isTrue();
            assertThat(TruncatedResponse.brokenOff(response))
                    .as("the end is missing")
                    .isEqualTo(place.ending == Ending.BROKEN);
            assertThat(seen.errors())
                    .allSatisfy(error -> assertThat(error.toString()).contains("The gateway failed"));
            if (place.out != null) {
                assertThat(seen.text()).isEqualTo(place.out);
            }
        }
        assertThat(response.body()).doesNotContain("thrown by the test");
        assertThat(header(response, "x-camelback-model"))
                .isEqualTo(
                        place.ending == Ending.STATUS
                                ? null
                                : place.ending == Ending.NEXT_LINK
                                        ? RawProviderChain.NEXT
                                        : RawProviderChain.OPENAI.link);
        assertThat(record.attempts()).hasSize(place.ending == Ending.NEXT_LINK ? 2 : 1);
        assertTold(place, record, before);
    }

    private static void assertStatus(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(Json.read(response.body()).has("error")).as(response.body()).isTrue();
        assertThat(TruncatedResponse.brokenOff(response)).isFalse();
    }

    private static double metric(Place place) throws Exception {
        return MetricsTest.value(
                drill.gateway(),
                "camelback_attempts_total",
                "deployment=\"" + RawProviderChain.OPENAI.link + "\"",
                place.stage == Stage.SETTLE ? "reason=\"ok\"" : "reason=\"internal\"");
    }

    /** In the attempt, the log, the ledger, the metrics and the state; the deployment is not blamed. */
    private static void assertTold(Place place, RequestRecord record, double before) throws Exception {
        String error = place.ending == Ending.BROKEN || place.ending == Ending.STATUS ? "internal_error" : "";
        int status = place.ending == Ending.STATUS ? 500 : 200;
        assertThat(record.status()).isEqualTo(status);
        assertThat(record.error() == null ? "" : record.error().code()).isEqualTo(error);
        AttemptResult first = record.attempts().get(0);
        if (place.stage == Stage.SETTLE) {
            assertThat(first.outcome())
                    .as("it was the answer's bill that failed")
                    .isEqualTo(AttemptResult.Outcome.ANSWERED);
        } else {
            assertThat(first.outcome()).isEqualTo(AttemptResult.Outcome.FAILED);
            assertThat(first.failure().kind()).isEqualTo(FailureKind.INTERNAL);
            drill.awaitRow("SELECT COUNT(*) FROM camelback_attempt WHERE request_id = '" + record.id()
                    + "' AND failure = 'internal'");
        }
        assertThat(drill.failures(RawProviderChain.OPENAI.link))
                .as("failures that its breaker counted")
                .isZero();
        drill.awaitLog("Request " + record.id() + " failed inside the gateway");
        drill.awaitLog(record.id(), RawProviderChain.OPENAI.chain + " -> " + status, error);
        drill.awaitRow("SELECT COUNT(*) FROM camelback_request WHERE request_id = '" + record.id() + "' AND status = "
                + status + " AND error " + (error.isEmpty() ? "IS NULL" : "= '" + error + "'"));
        GatewayTestCase.soon("the metric").until(() -> metric(place) == before + 1);
        assertThat(state(record.id())).isNotNull();
    }

    private static JsonNode state(String id) throws Exception {
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

    static Stream<Arguments> whole() {
        return Stream.of(Stage.SOCKET, Stage.CODEC, Stage.ROUTE, Stage.WRITER, Stage.SOCKET_WRITE)
                .flatMap(stage -> Arrays.stream(Thrown.values())
                        .flatMap(thrown -> Arrays.stream(WholeDoor.values())
                                .filter(door -> thrown.everywhere || door == WholeDoor.CHAT)
                                .filter(door -> stage != Stage.ROUTE || thrown == Thrown.EXCEPTION)
                                .map(door -> Arguments.of(stage, thrown, door))));
    }

    /** How each door is asked for an answer that is one body. */
    enum WholeDoor {
        CHAT(
                "/v1/chat/completions",
                "{\"model\":\"raw-openai\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
        MESSAGES(
                "/v1/messages",
                "{\"model\":\"raw-openai\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
        RESPONSES("/v1/responses", "{\"model\":\"raw-openai\",\"input\":\"hi\"}"),
        GEMINI(
                "/v1beta/models/raw-openai:generateContent",
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}");

        private final String path;
        private final String body;

        WholeDoor(String path, String body) {
            this.path = path;
            this.body = body;
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("whole")
    void an_answer_that_meets_a_fault_is_an_error_with_its_status(Stage stage, Thrown thrown, WholeDoor door)
            throws Exception {
        answerOpen();
        StageFaults.arm(
                stage, stage == Stage.SOCKET ? (BEGIN + HELLO).length() : stage == Stage.CODEC ? 2 : 0, thrown.make);

        HttpResponse<String> response = drill.gateway().post(door.path, door.body, "x-camelback-no-fallback", "true");

        assertStatus(response);
        assertThat(response.body()).doesNotContain("Hello").doesNotContain("thrown by the test");
        RequestRecord record = drill.record();
        drill.awaitLog("Request " + record.id() + " failed inside the gateway");
        // The last write to the caller comes behind the records: what fails there is in the log alone.
        int status = stage == Stage.SOCKET_WRITE ? 200 : 500;
        assertThat(record.status()).isEqualTo(status);
        assertThat(record.error() == null ? "" : record.error().code())
                .isEqualTo(stage == Stage.SOCKET_WRITE ? "" : "internal_error");
        drill.awaitRow("SELECT COUNT(*) FROM camelback_request WHERE request_id = '" + record.id() + "' AND status = "
                + status);
        assertThat(state(record.id())).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_fault_behind_the_chain_closes_the_stream_it_gave(StreamingEndpoint door) throws Exception {
        answerOpen();
        StageFaults.arm(Stage.ROUTE, 0, Thrown.EXCEPTION.make);

        HttpResponse<String> response = door.ask(drill, RawProviderChain.OPENAI.chain, false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        assertThat(Json.read(response.body()).findValue("error"))
                .as(response.body())
                .isNotNull();
        assertThat(drill.record().attempts().get(0).failure().kind()).isEqualTo(FailureKind.INTERNAL);
    }

    /** The answer is out by then: each record is kept whichever of them fails. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void what_keeps_one_record_from_being_written_keeps_no_other(Thrown thrown) throws Exception {
        answerOpen();
        LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        TurboFilter broken = new TurboFilter() {
            @Override
            public FilterReply decide(
                    Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable t) {
                if (logger.getName().equals("io.camelback.requests") && format != null) {
                    throw StageFaults.fault(thrown.make);
                }
                return FilterReply.NEUTRAL;
            }
        };
        logs.addTurboFilter(broken);
        try {
            double before = MetricsTest.value(
                    drill.gateway(), "camelback_attempts_total", "deployment=\"first-openai\"", "reason=\"ok\"");

            HttpResponse<String> response = StreamingEndpoint.CHAT.ask(drill, RawProviderChain.OPENAI.chain, false);

            assertThat(StreamingEndpoint.CHAT.seen(response.body()).complete()).isTrue();
            RequestRecord record = drill.record();
            drill.awaitRow(
                    "SELECT COUNT(*) FROM camelback_request WHERE request_id = '" + record.id() + "' AND status = 200");
            GatewayTestCase.soon("the metric")
                    .until(() -> MetricsTest.value(
                                    drill.gateway(),
                                    "camelback_attempts_total",
                                    "deployment=\"first-openai\"",
                                    "reason=\"ok\"")
                            == before + 1);
            drill.awaitLog("Request " + record.id() + " failed inside the gateway");
            assertThat(state(record.id())).isNotNull();
        } finally {
            logs.getTurboFilterList().remove(broken);
        }
    }
}
