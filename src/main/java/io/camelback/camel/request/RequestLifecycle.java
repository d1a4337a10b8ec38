package io.camelback.camel.request;

import io.camelback.upstream.AbortReason;
import io.camelback.upstream.UpstreamCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether a request goes on: until its caller leaves, the gateway stops, a failure that no other deployment could mend
 * ends it, or its answer is out. The continuation of a broken answer ends with the request that it continues.
 */
public final class RequestLifecycle {
    private final RequestLifecycle continued;
    private final CountDownLatch stopped;
    private final RequestLeases leases;
    private volatile UpstreamCall upstream;
    private volatile Runnable onCancel = () -> {};
    private volatile Runnable onDone = () -> {};
    private volatile boolean cancelled;
    private volatile boolean shutDown;
    private volatile boolean ended;

    RequestLifecycle() {
        this.continued = null;
        this.stopped = new CountDownLatch(1);
        this.leases = new RequestLeases();
    }

    private RequestLifecycle(RequestLifecycle continued) {
        this.continued = continued;
        this.stopped = continued.stopped;
        this.leases = continued.leases;
    }

    /** Of a request that asks for the rest of this one's answer. */
    RequestLifecycle forContinuation() {
        return new RequestLifecycle(this);
    }

    /** The upstream call that is running for this request: from now on a cancellation aborts it. */
    public void running(UpstreamCall call) {
        upstream = call;
        if (continued != null) {
            continued.running(call);
        }
        if (cancelled) {
            call.cancel();
        }
        if (shutDown) {
            call.abort(AbortReason.SHUTTING_DOWN);
        }
    }

    /** What stops the work that is done for this request, in place of what was set before; run at once if too late. */
    public void onCancel(Runnable stop) {
        onCancel = stop;
        if (cancelled) {
            stop.run();
        }
    }

    /** The caller has left: what runs is aborted and nothing more is tried. From any thread. */
    public void cancel() {
        cancelled = true;
        stopped.countDown();
        onCancel.run();
        UpstreamCall running = upstream;
        if (running != null) {
            running.cancel();
        }
    }

    /** The gateway stops: what runs is aborted, nothing more is tried, and the caller is told. From any thread. */
    void shutDown() {
        shutDown = true;
        stopped.countDown();
        UpstreamCall running = upstream;
        if (running != null) {
            running.abort(AbortReason.SHUTTING_DOWN);
        }
    }

    /** Whether the stop of the gateway has ended it. */
    public boolean isShutDown() {
        return shutDown || continued != null && continued.isShutDown();
    }

    /** Whether the caller has left. */
    public boolean isCancelled() {
        return cancelled || continued != null && continued.isCancelled();
    }

    /** Whether the caller has left this part of the request; its continuation is none of it. */
    boolean isCancelledItself() {
        return cancelled;
    }

    /** A failure that no other deployment could mend has happened: those that follow are skipped. */
    public void end() {
        ended = true;
    }

    /** Another question is asked now: what was wrong with the one before need not be wrong with this one. */
    void resume() {
        ended = false;
    }

    /** Whether nothing more is to be tried. */
    public boolean isEnded() {
        return ended || isCancelled() || isShutDown();
    }

    /** Waits, unless the caller leaves or the gateway stops. @return whether one of these has happened */
    public boolean awaitStop(Duration wait) {
        try {
            return stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What is taken of the gateway's memory for this request, until it is done. */
    public RequestLeases leases() {
        return leases;
    }

    /** What is to be done when the caller has the answer, whatever it is. */
    public void onDone(Runnable task) {
        onDone = task;
    }

    /** The caller has the answer, or has left. */
    public void done() {
        if (continued != null) {
            continued.done();
        }
        leases.close();
        onDone.run();
    }
}
