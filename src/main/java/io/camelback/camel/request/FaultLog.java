package io.camelback.camel.request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of faults of the gateway's own, with their stack traces. */
public final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private FaultLog() {}

    /**
     * Never throws: whoever tells of a fault has something to bring to its end, also when there is no memory for a
     * line. What the log cannot take goes to the thread's handler of uncaught exceptions, which prints it.
     */
    public static void tell(String requestId, Throwable fault) {
        try {
            LOG.error("Request {} failed inside the gateway", requestId, fault);
        } catch (RuntimeException | Error unlogged) {
            print(unlogged);
        }
    }

    private static void print(Throwable unlogged) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, unlogged);
        } catch (RuntimeException | Error again) {
            // There is no other place to say it. What the caller, the ledger and the metrics are told does not depend
            // on it.
            return;
        }
    }
}
