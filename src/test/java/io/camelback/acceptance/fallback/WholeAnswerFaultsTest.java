package io.camelback.acceptance.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.failure.FailureKind;
import io.camelback.json.Json;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StageFaults;
import io.camelback.testkit.StageFaults.Stage;
import io.camelback.testkit.StreamingEndpoint;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Faults of the gateway's own on the way of an answer that is no stream, behind a chain, and in the records of a
 * request.
 */
public class WholeAnswerFaultsTest extends FaultInjectionTestBase {
    static Stream<Arguments> whole() {
        return Stream.of(Stage.SOCKET, Stage.CODEC, Stage.ROUTE, Stage.WRITER, Stage.SOCKET_WRITE)
                .flatMap(stage -> Arrays.stream(Thrown.values())
                        .flatMap(thrown -> Arrays.stream(WholeEndpoint.values())
                                .filter(endpoint -> thrown.everywhere || endpoint == WholeEndpoint.CHAT)
                                .filter(endpoint -> stage != Stage.ROUTE || thrown == Thrown.EXCEPTION)
                                .map(endpoint -> Arguments.of(stage, thrown, endpoint))));
    }

    /** How each endpoint is asked for an answer that is one body. */
    enum WholeEndpoint {
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

        WholeEndpoint(String path, String body) {
            this.path = path;
            this.body = body;
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("whole")
    void an_answer_that_meets_a_fault_is_an_error_with_its_status(Stage stage, Thrown thrown, WholeEndpoint endpoint)
            throws Exception {
        answerOpen();
        StageFaults.arm(
                stage, stage == Stage.SOCKET ? (BEGIN + HELLO).length() : stage == Stage.CODEC ? 2 : 0, thrown.make);

        HttpResponse<String> response =
                drill.gateway().post(endpoint.path, endpoint.body, "x-camelback-no-fallback", "true");

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
    void a_fault_behind_the_chain_closes_the_stream_it_gave(StreamingEndpoint endpoint) throws Exception {
        answerOpen();
        StageFaults.arm(Stage.ROUTE, 0, Thrown.EXCEPTION.make);

        HttpResponse<String> response = endpoint.ask(drill, RawProviderChain.OPENAI.chain, false);

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
