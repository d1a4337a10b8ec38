package io.camelback.cli.demo;

import io.camelback.attempt.AttemptResult;
import java.time.Duration;
import java.util.List;

/**
 * The answer a demo request got, and the attempts behind it.
 *
 * @param answeredBy the deployment; {@link #STATIC} or {@link #ERROR} when none did, or not to the end
 * @param text as far as it came
 * @param attempts as the gateway's log has them
 * @param took until the last byte, as the caller saw it
 */
record DemoReply(String answeredBy, String text, List<AttemptResult> attempts, Duration took) {
    /** The fixed text at the end of a chain. */
    static final String STATIC = "static text";
    /** The caller was told that it failed. */
    static final String ERROR = "error, told";

    boolean byModel() {
        return !answeredBy.equals(STATIC) && !answeredBy.equals(ERROR);
    }
}
