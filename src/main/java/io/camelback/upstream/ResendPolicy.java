package io.camelback.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Decides what follows when a request has brought no usable response: it is sent again, or the call fails. */
public interface ResendPolicy {
    /**
     * The outcome of sending a request once: either a response with an error status, or an exception.
     *
     * @param body the first 64 KiB of the response's body; null when there was an exception
     */
    record Outcome(int status, UnaryOperator<String> headers, byte[] body, IOException failure) {}

    /** @return how long to wait before the request is sent again; null to give up */
    Duration after(Outcome outcome);

    /** What is thrown when nothing usable came back and the request is not sent again. */
    RuntimeException onGiveUp(IOException failure);
}
