package io.camelback.camel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of faults of the gateway's own, with their stack traces. */
final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final String UNLOGGED = "camelback: a request failed inside the gateway, and the log could not be written";

    private FaultLog() { }

    /** Never throws: whoever tells of a fault has something to bring to its end, also when there is no memory for a line. */
    static void tell(String requestId, Throwable fault) {
        try {
            LOG.error("Request {} failed inside the gateway", requestId, fault);
        } catch (RuntimeException | Error second) {
            System.err.println(UNLOGGED);
        }
    }
}
