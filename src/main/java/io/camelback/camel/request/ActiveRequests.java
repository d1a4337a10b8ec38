package io.camelback.camel.request;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The requests that came by HTTP and are not done, so that a stop of the gateway can end them. Thread-safe. */
public final class ActiveRequests {
    private final Set<RequestLifecycle> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shutDown;

    /** From now on this request is open, until its exchange is done. */
    public void add(Exchange exchange, RequestLifecycle request) {
        open.add(request);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                open.remove(request);
            }

            /** The exchange that came in, and no copy of it, says when the request is over. */
            @Override
            public boolean allowHandover() {
                return false;
            }
        });
        if (shutDown) {
            request.shutDown();
        }
    }

    /** Ends all that are open, and all that still come. */
    public void shutDown() {
        shutDown = true;
        open.forEach(RequestLifecycle::shutDown);
    }
}
