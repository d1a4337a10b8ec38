package io.camelback.upstream;

import java.io.IOException;
import java.net.SocketException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Allows a request one retry when its pooled connection was closed by the provider before an answer came. */
final class StaleConnectionRetry {
    private boolean reused;
    private volatile boolean resent;

    /** The request is about to be sent, on a pooled connection as far as is known. */
    void reusing() {
        reused = true;
    }

    /** A new connection is made instead. */
    void connecting() {
        reused = false;
    }

    boolean resendsAfter(IOException failure) {
        boolean stale = reused
                && (failure instanceof SocketException
                        || failure instanceof NoHttpResponseException
                        || failure instanceof ConnectionClosedException);
        if (!stale || resent) {
            return false;
        }
        resent = true;
        return true;
    }

    /** Whether the retry was used. */
    boolean resent() {
        return resent;
    }
}
