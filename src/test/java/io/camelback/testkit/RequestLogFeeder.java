package io.camelback.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Usage;
import io.camelback.telemetry.record.RequestRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Requests as a gateway's log is told of them, without anyone having asked. */
public final class RequestLogFeeder {
    private RequestLogFeeder() {}

    /** As many callers, each with a user, a name for the model and a task of its own. The log is spared their lines. */
    public static void callers(RunningGateway gateway, int count) {
        Logger log = (Logger) LoggerFactory.getLogger("io.camelback.requests");
        log.setLevel(Level.OFF);
        try {
            for (int i = 1; i <= count; i++) {
                caller(gateway, i);
            }
        } finally {
            log.setLevel(null);
        }
    }

    private static void caller(RunningGateway gateway, int number) {
        AttemptResult turn = AttemptResult.answered("claude-opus", Duration.ofMillis(20))
                .metering(new AttemptMetering(Duration.ZERO, null, Usage.of(number, number), false, 7L));
        gateway.standalone
                .gateway()
                .requests()
                .done(new RequestRecord(
                        "request-" + number,
                        "openai",
                        "model-" + number,
                        "premium",
                        "claude-opus",
                        200,
                        false,
                        Duration.ofMillis(21),
                        new BigDecimal("3.5"),
                        "task-" + number,
                        null,
                        List.of(turn),
                        null));
        gateway.standalone
                .gateway()
                .requests()
                .refused("refused-" + number, GatewayError.of(404, "model_not_found", "There is no model-" + number));
    }
}
