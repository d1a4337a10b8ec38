package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.operations.MetricsTest;
import io.camelback.attempt.AttemptResult;
import io.camelback.failure.FailureKind;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.StageFaults;
import io.camelback.testkit.StageFaults.Stage;
import io.camelback.testkit.StreamingEndpoint;
import io.camelback.testkit.TruncatedResponse;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of the gateway's own, thrown from each stage of an answer's way to its caller: none may look like a good end,
 * none may leave anything behind, and each is told in log, ledger, metrics and state. After each of them the gateway
 * serves.
 */
public class FaultInjectionTest extends FaultInjectionTestBase {
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
     * Where, after how many bytes or calls, what comes of it, and what of the answer is out by then; null where
     * endpoints differ.
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

    static Stream<Arguments> streams() {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Thrown.values())
                        .flatMap(thrown -> Arrays.stream(StreamingEndpoint.values())
                                .filter(endpoint -> thrown.everywhere || endpoint == StreamingEndpoint.CHAT)
                                .map(endpoint -> Arguments.of(place, thrown, endpoint))));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("streams")
    void a_stream_that_meets_a_fault_never_looks_whole(Place place, Thrown thrown, StreamingEndpoint endpoint)
            throws Exception {
        answerOpen();
        double before = metric(place);
        StageFaults.arm(place.stage, place.after, thrown.make);

        HttpResponse<String> response = endpoint.ask(drill, RawProviderChain.OPENAI.chain, false);

        RequestRecord record = drill.record();
        if (place.ending == Ending.STATUS) {
            assertStatus(response);
        } else {
            StreamingEndpoint.Seen seen = endpoint.seen(response.body());
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
}
