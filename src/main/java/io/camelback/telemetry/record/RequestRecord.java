package io.camelback.telemetry.record;

import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.attempt.ChainEscalation;
import io.camelback.chat.GatewayError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A finished request: names and counts only, no prompt, no header, no key.
 *
 * @param id the request's id, as the caller was told it
 * @param endpoint where it came in: the endpoint's name, or {@code direct}
 * @param asked the model the caller named
 * @param chain the chain or deployment that was asked
 * @param deployment the one that answered; null when none did
 * @param status what the caller got; 499 when it left
 * @param streamed whether it was answered as a stream
 * @param took from the request to the last byte of the answer
 * @param complexity from 0 to 10; null for embeddings
 * @param task the task's kind, as said or found; null when it is not known
 * @param degraded {@code reduced}, {@code basic}, {@code cached} or {@code static}; null when it was not
 * @param attempts all turns in order, skipped ones included
 * @param error what the caller was told; null when all went well
 * @param escalations the further layers it came to, and why
 */
public record RequestRecord(
        String id,
        String endpoint,
        String asked,
        String chain,
        String deployment,
        int status,
        boolean streamed,
        Duration took,
        BigDecimal complexity,
        String task,
        String degraded,
        List<AttemptResult> attempts,
        GatewayError error,
        List<ChainEscalation> escalations) {

    public RequestRecord {
        attempts = List.copyOf(attempts);
        escalations = List.copyOf(escalations);
    }

    /** One that stayed in the layer it began in. */
    public RequestRecord(
            String id,
            String endpoint,
            String asked,
            String chain,
            String deployment,
            int status,
            boolean streamed,
            Duration took,
            BigDecimal complexity,
            String task,
            String degraded,
            List<AttemptResult> attempts,
            GatewayError error) {
        this(
                id,
                endpoint,
                asked,
                chain,
                deployment,
                status,
                streamed,
                took,
                complexity,
                task,
                degraded,
                attempts,
                error,
                List.of());
    }

    /** The turn that answered, or that broke off after its answer had begun to reach the caller. */
    public Optional<AttemptResult> answering() {
        return attempts.stream()
                .filter(attempt ->
                        attempt.deployment().equals(deployment) && attempt.outcome() != AttemptResult.Outcome.SKIPPED)
                .reduce((first, second) -> second);
    }

    /** What all turns together cost, in micro-dollars; empty when the price of one is not known. */
    public Optional<Long> microDollars() {
        long sum = 0;
        for (AttemptResult attempt : attempts) {
            AttemptMetering metered = attempt.metering();
            if (metered.microDollars() == null) {
                return Optional.empty();
            }
            sum += metered.microDollars();
        }
        return Optional.of(sum);
    }
}
