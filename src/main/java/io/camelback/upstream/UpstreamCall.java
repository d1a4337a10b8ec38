package io.camelback.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * One call to a provider, from the Kamelet's request to the last byte of its answer. It can be aborted at any phase,
 * from any thread, and aborts itself when a timer runs out; an abort drops the connection, so that the provider stops
 * generating.
 *
 * <p>{@code camel-http} closes a response when the breaker's block ends. A call that was {@linkplain #lease() leased}
 * ignores that: the stream it carries outlives the block, and its holder closes it.
 */
public final class UpstreamCall implements AutoCloseable {

    /** How long a response may take to end after its last event. */
    private static final Duration LINGER = Duration.ofMillis(25);
    /** The contract allows half a second from the caller's leaving to the provider's being left. */
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    private final PhaseTimeouts clock;
    private final StaleConnectionRetry connection = new StaleConnectionRetry();
    private final ResendPolicy resend;
    private final ScheduledExecutorService scheduler;
    private final AtomicReference<AbortReason> abort = new AtomicReference<>();
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();
    private volatile Cancellable request;
    private volatile UpstreamBody body;
    private volatile boolean leased;
    private volatile boolean closed;
    private volatile boolean finishing;
    private final CallAlarm alarm;
    private final Map<String, String> headers;
    private volatile byte[] replacedBody;
    private volatile Map<String, String> relayed = Map.of();

    /**
     * @param headers what the provider's requests carry beside the known headers, and instead of one of the same name
     * @param share the call's part of its request's time
     * @param scheduler runs the alarms; they are short
     */
    public UpstreamCall(
            Map<String, String> headers,
            CallTimers timers,
            AttemptDeadline share,
            ResendPolicy resend,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime) {
        this.headers = Map.copyOf(headers);
        this.clock = new PhaseTimeouts(timers, share, nanoTime);
        this.resend = resend;
        this.scheduler = scheduler;
        this.alarm = new CallAlarm(clock, scheduler, this::check);
    }

    /** The request is about to be sent: from now on the response is awaited. */
    void sending(Cancellable cancellable) {
        request = cancellable;
        connection.reusing();
        enter(CallPhase.HEADERS);
        if (abort.get() != null) {
            cancellable.cancel();
        }
    }

    /** A connection is being made for it, rather than one reused. */
    void connecting() {
        connection.connecting();
        enter(CallPhase.CONNECT);
    }

    void handshaking() {
        enter(CallPhase.TLS);
    }

    /** The connection stands. */
    void connected() {
        enter(CallPhase.HEADERS);
    }

    /**
     * Whether the request is sent again at once: it met a pooled connection that its provider had closed meanwhile, so
     * that no byte of an answer came (docs/failures.md C08).
     */
    boolean resendsAfter(IOException failure) {
        return abort.get() == null && connection.resendsAfter(failure);
    }

    /** Whether the request was sent a second time because a pooled connection turned out to be dead. */
    public boolean resent() {
        return connection.resent();
    }

    void answering() {
        enter(CallPhase.FIRST_TOKEN);
    }

    private synchronized void enter(CallPhase phase) {
        clock.enter(phase);
        arm();
    }

    /**
     * Content has arrived.
     *
     * @return whether it came in time; when not, the call was aborted before, and the content must not be used: either
     *     this call's content counts or its abort does, never both (docs/failures.md T15)
     */
    public synchronized boolean progress() {
        if (abort.get() != null) {
            return false;
        }
        boolean first = clock.phase() != CallPhase.STREAMING;
        clock.enter(CallPhase.STREAMING);
        if (first) {
            arm();
        }
        return true;
    }

    /** What is left of this call's share of the request's time, not below zero. */
    public Duration left() {
        return clock.left();
    }

    Duration afterAttempt(ResendPolicy.Outcome outcome) {
        enter(CallPhase.PAUSE);
        return abort.get() == null ? resend.after(outcome) : null;
    }

    RuntimeException onGiveUp(IOException failure) {
        return resend.onGiveUp(failure);
    }

    /** Another body for the tries that follow. Within {@link ResendPolicy#after}. */
    public void replaceBody(byte[] json) {
        replacedBody = json;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body that took the place of the first; null when none did. */
    byte[] replacedBody() {
        return replacedBody;
    }

    void onResponseHeaders(Map<String, String> headers) {
        relayed = headers;
    }

    /** What of the last response's headers a caller of the same dialect may see. */
    public Map<String, String> relayed() {
        return relayed;
    }

    /** Completes when the call is aborted. */
    CompletableFuture<Void> whenAborted() {
        return aborted;
    }

    void receiving(UpstreamBody stream) {
        body = stream;
        if (abort.get() != null) {
            stream.discard();
        }
    }

    /**
     * Takes the response out of {@code camel-http}'s hands: only {@link #close()} ends it from now on. The caller gets
     * this answer and no other, so the call has all of the request's time from now on.
     */
    public synchronized void lease() {
        leased = true;
        clock.committed();
    }

    boolean leased() {
        return leased;
    }

    /** The model has said why it stopped: what follows costs nothing more, and tells what was used. */
    public void finishing() {
        finishing = true;
    }

    /**
     * The caller has left. The call is aborted at once; but where only the count of what was used is missing, it may
     * still come, for a moment (docs/failures.md B08).
     */
    public void cancel() {
        if (!finishing) {
            abort(AbortReason.CANCELLED);
        } else if (!closed) {
            scheduler.schedule(() -> abort(AbortReason.CANCELLED), LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Ends the call wherever it stands. Only the first reason counts. */
    public void abort(AbortReason reason) {
        synchronized (this) {
            if (closed || !abort.compareAndSet(null, reason)) {
                return;
            }
        }
        end();
    }

    private void end() {
        aborted.complete(null);
        try {
            Cancellable running = request;
            if (running != null) {
                running.cancel();
            }
        } finally {
            discardBody();
        }
    }

    private void discardBody() {
        UpstreamBody stream = body;
        if (stream != null) {
            stream.discard();
        }
    }

    /** Why the call was aborted; null when it was not. */
    public AbortReason aborted() {
        return abort.get();
    }

    /**
     * The answer is complete, and nothing more of the response matters. Waits a moment for its regular end, which lets
     * the connection serve the next call; a provider that keeps it open loses it (docs/failures.md T13).
     */
    public void finished() {
        UpstreamBody stream = body;
        if (stream != null) {
            ScheduledFuture<?> enough = scheduler.schedule(stream::discard, LINGER.toNanos(), TimeUnit.NANOSECONDS);
            stream.drain();
            enough.cancel(false);
        }
    }

    /** Gives the connection back when the response was read to its end, and drops it otherwise. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            alarm.cancel();
        }
        discardBody();
    }

    private void arm() {
        if (!closed && abort.get() == null) {
            alarm.arm();
        }
    }

    private void check() {
        try {
            look();
        } catch (RuntimeException | Error fault) {
            // Without its alarm the call could last for ever.
            abort.compareAndSet(null, AbortReason.TOTAL);
            end();
            throw fault;
        }
    }

    private void look() {
        synchronized (this) {
            PhaseTimeouts.Due due = alarm.ring();
            if (due == null || closed) {
                arm();
                return;
            }
            if (!abort.compareAndSet(null, due.reason())) {
                return;
            }
        }
        end();
    }
}
