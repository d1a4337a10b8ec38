package io.camelback.upstream;

import io.camelback.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Resolves providers' host names on threads of its own, so that a silent name server costs a call its connect timeout
 * and no more. All who ask for a name share one lookup. Nothing is kept here: the JVM keeps an address for 30 seconds
 * and a failure for 10, unless its security properties say otherwise, and so a provider that moves or comes back is
 * found within that time.
 */
final class AsyncHostResolver implements AutoCloseable {
    /** A lookup that takes longer is given up on: the next who asks begins another. */
    private static final long TOO_OLD = Duration.ofSeconds(5).toNanos();

    private final HostLookup lookup;
    private final LongSupplier nanoTime;
    private final Map<String, PendingLookup> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("camelback-names"));

    private record PendingLookup(CompletableFuture<InetAddress[]> addresses, long since) {}

    AsyncHostResolver(HostLookup lookup, LongSupplier nanoTime) {
        this.lookup = lookup;
        this.nanoTime = nanoTime;
    }

    /**
     * All addresses of a host.
     *
     * @param aborted completes when the answer is no longer wanted
     * @throws ConnectTimeoutException when the lookup takes longer than it may
     */
    InetAddress[] resolve(String host, Duration atMost, CompletableFuture<Void> aborted) throws IOException {
        CompletableFuture<InetAddress[]> addresses = lookup(host);
        try {
            CompletableFuture.anyOf(addresses, aborted).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (!addresses.isDone()) {
                throw new InterruptedIOException("the lookup was abandoned");
            }
            return addresses.get();
        } catch (TimeoutException e) {
            throw new ConnectTimeoutException("the lookup of the host's name took too long");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the lookup was interrupted");
        }
    }

    private CompletableFuture<InetAddress[]> lookup(String host) {
        long now = nanoTime.getAsLong();
        return running.compute(
                        host,
                        (name, known) -> known != null && !known.addresses().isDone() && now - known.since() < TOO_OLD
                                ? known
                                : begin(name, now))
                .addresses();
    }

    private PendingLookup begin(String host, long now) {
        CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                addresses.complete(lookup.of(host));
            } catch (UnknownHostException | RuntimeException e) {
                addresses.completeExceptionally(e);
            } finally {
                running.computeIfPresent(host, (name, mine) -> mine.addresses() == addresses ? null : mine);
            }
        });
        return new PendingLookup(addresses, now);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
