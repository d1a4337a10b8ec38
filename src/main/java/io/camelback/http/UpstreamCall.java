package io.camelback.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * One call to a provider, from the Kamelet's request to the last byte of its answer. It can be aborted at any phase, from any
 * thread, and aborts itself when a timer runs out; an abort drops the connection, so that the provider stops generating.
 *
 * <p>{@code camel-http} closes a response when the breaker's block ends. A call that was {@linkplain #lease() leased} ignores
 * that: the stream it carries outlives the block, and its holder closes it.
 */
public final class UpstreamCall implements AutoCloseable {

    /** Why a call was aborted. */
    public enum Abort { CANCELLED, FIRST_TOKEN, IDLE, TOTAL, CLIENT_DEADLINE }

    /** Decides what follows a try that brought no usable response. */
    public interface Resend {
        /** @return how long to wait before the request is sent again; null to give up */
        Duration after(Try outcome);

        /** What is thrown when nothing usable came back and the request is not sent again. */
        RuntimeException gaveUp(IOException failure);
    }

    /**
     * What a try came to: either a response with an error status, or an exception.
     *
     * @param body the first 64 KiB of the response's body; null when there was an exception
     */
    public record Try(int status, UnaryOperator<String> headers, byte[] body, IOException failure) { }

    private static final long NEVER = Long.MAX_VALUE;

    private final CallTimers timers;
    private final Duration clientLeft;
    private final Resend resend;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final AtomicReference<Abort> abort = new AtomicReference<>();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private final long startedAt;
    private volatile long phaseStartedAt = NEVER;
    private volatile boolean streaming;
    private volatile Cancellable request;
    private volatile UpstreamBody body;
    private volatile boolean leased;
    private volatile boolean closed;
    private volatile ScheduledFuture<?> alarm;
    private final Map<String, String> headers;
    private volatile byte[] mended;
    private volatile Map<String, String> relayed = Map.of();

    /**
     * @param headers    what the provider's requests carry beside the known headers, and instead of one of the same name
     * @param clientLeft what is left of the caller's own time; null when the caller set none
     * @param scheduler  runs the alarms; they are short
     */
    public UpstreamCall(Map<String, String> headers, CallTimers timers, Duration clientLeft, Resend resend,
            ScheduledExecutorService scheduler, LongSupplier nanoTime) {
        this.headers = Map.copyOf(headers);
        this.timers = timers;
        this.clientLeft = clientLeft;
        this.resend = resend;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
    }

    /** The request is about to be sent: from now on the first token is awaited. */
    void sending(Cancellable cancellable) {
        request = cancellable;
        streaming = false;
        phaseStartedAt = nanoTime.getAsLong();
        if (alarm == null) {
            check();
        }
        if (abort.get() != null) {
            cancellable.cancel();
        }
    }

    /** Content has arrived. */
    public void progress() {
        phaseStartedAt = nanoTime.getAsLong();
        if (!streaming) {
            streaming = true;
            rearm();
        }
    }

    private void rearm() {
        ScheduledFuture<?> pending = alarm;
        if (pending != null) {
            pending.cancel(false);
            check();
        }
    }

    Duration afterTry(Try outcome) {
        phaseStartedAt = NEVER;
        return abort.get() == null ? resend.after(outcome) : null;
    }

    RuntimeException gaveUp(IOException failure) {
        return resend.gaveUp(failure);
    }

    /** Another body for the tries that follow. Within {@link Resend#after}. */
    public void mend(byte[] json) {
        mended = json;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body that took the place of the first; null when none did. */
    byte[] mended() {
        return mended;
    }

    /** Waits before a re-send. @return whether the wait came to its end, rather than the call */
    boolean pause(Duration wait) {
        try {
            return !aborted.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void heard(Map<String, String> headers) {
        relayed = headers;
    }

    /** What of the last response's headers a caller of the same dialect may see. */
    public Map<String, String> relayed() {
        return relayed;
    }

    void receiving(UpstreamBody stream) {
        body = stream;
        if (abort.get() != null) {
            stream.discard();
        }
    }

    /** Takes the response out of {@code camel-http}'s hands: only {@link #close()} ends it from now on. */
    public void lease() {
        leased = true;
    }

    boolean leased() {
        return leased;
    }

    /** Ends the call wherever it stands. Only the first reason counts. */
    public void abort(Abort reason) {
        if (closed || !abort.compareAndSet(null, reason)) {
            return;
        }
        aborted.countDown();
        Cancellable running = request;
        if (running != null) {
            running.cancel();
        }
        UpstreamBody stream = body;
        if (stream != null) {
            stream.discard();
        }
    }

    /** Why the call was aborted; null when it was not. */
    public Abort aborted() {
        return abort.get();
    }

    /** Gives the connection back when the response was read to its end, and drops it otherwise. */
    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> pending = alarm;
        if (pending != null) {
            pending.cancel(false);
        }
        UpstreamBody stream = body;
        if (stream != null) {
            stream.discard();
        }
    }

    private void check() {
        if (closed || abort.get() != null) {
            return;
        }
        long now = nanoTime.getAsLong();
        long phase = phaseStartedAt;
        long phaseLeft = phase == NEVER ? NEVER
                : (streaming ? timers.idle() : timers.firstToken()).toNanos() - (now - phase);
        long totalLeft = timers.total().toNanos() - (now - startedAt);
        long callerLeft = clientLeft == null ? NEVER : clientLeft.toNanos() - (now - startedAt);
        if (callerLeft <= 0) {
            abort(Abort.CLIENT_DEADLINE);
        } else if (phaseLeft <= 0) {
            abort(streaming ? Abort.IDLE : Abort.FIRST_TOKEN);
        } else if (totalLeft <= 0) {
            abort(Abort.TOTAL);
        } else {
            // While nothing is awaited the phase has no end; look again soon enough for whatever starts next.
            long idle = phase == NEVER ? timers.firstToken().toNanos() : phaseLeft;
            alarm = scheduler.schedule(this::check, Math.min(Math.min(idle, totalLeft), callerLeft), TimeUnit.NANOSECONDS);
        }
    }
}
