package io.camelback.observe;

import io.camelback.chat.GatewayError;
import io.camelback.routing.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for every request, with all that was tried, in order. Names and counts only: no prompt, no header, no key. */
public final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.camelback.requests");

    /**
     * @param chain    the chain or deployment that was asked
     * @param model    the deployment that answered; null when none did
     * @param status   what the caller got; 499 when it left
     * @param attempts all turns, skipped ones included
     * @param error    what the caller was told; null when all went well
     */
    public void done(String id, String chain, String model, int status, Duration took, List<Attempt> attempts, GatewayError error) {
        String tried = attempts.stream().map(Attempt::toString).collect(Collectors.joining("; "));
        if (status >= 500 || error != null && status == 200) {
            LOG.warn("{} {} -> {} {} {}ms [{}] {}", id, chain, status, shown(model), took.toMillis(), tried, shown(error));
        } else {
            LOG.info("{} {} -> {} {} {}ms [{}] {}", id, chain, status, shown(model), took.toMillis(), tried, shown(error));
        }
    }

    /** A request that could not be read. */
    public void refused(String id, GatewayError error) {
        LOG.info("{} refused: {} {}", id, error.status(), error.code());
    }

    private static String shown(String model) {
        return model == null ? "-" : model;
    }

    private static String shown(GatewayError error) {
        return error == null ? "" : error.code();
    }
}
