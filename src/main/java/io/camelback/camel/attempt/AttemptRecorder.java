package io.camelback.camel.attempt;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.telemetry.trace.RequestTrace;
import io.camelback.upstream.UpstreamCall;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is written down of a deployment's turn: every try of it, in the request's trail, its trace and its bill. */
public final class AttemptRecorder {
    /**
     * What a provider can say with status 200 instead of an answer; all other failures are silence, or a connection's.
     */
    private static final Set<FailureKind> SAID = EnumSet.complementOf(EnumSet.of(
            FailureKind.TRANSPORT,
            FailureKind.TIMEOUT,
            FailureKind.SLOW,
            FailureKind.CANCELLED,
            FailureKind.CLIENT_DEADLINE,
            FailureKind.SHUTTING_DOWN,
            FailureKind.INTERNAL,
            FailureKind.QUALITY));

    private final RequestContext context;
    private final Deployment deployment;
    private final UpstreamCall upstream;
    private final List<AttemptResult> tries = new CopyOnWriteArrayList<>();
    private RequestTrace.Turn trace;
    private boolean goodStatus;
    private boolean trailing;
    private boolean unjudged;

    AttemptRecorder(RequestContext context, Deployment deployment, UpstreamCall upstream) {
        this.context = context;
        this.deployment = deployment;
        this.upstream = upstream;
        this.trace = context.trace().turn(deployment);
    }

    /** One try is over. */
    void add(AttemptResult ended) {
        AttemptResult attempt = withMarks(ended);
        tries.add(attempt);
        context.trail().add(attempt);
        trace.ended(attempt);
    }

    /** Another try begins. */
    void onRetry() {
        trace = context.trace().turn(deployment);
    }

    void goodStatus() {
        goodStatus = true;
    }

    void trailing() {
        trailing = true;
    }

    /** Nobody can say whether its answer is good enough. */
    public void unjudged() {
        unjudged = true;
    }

    List<AttemptResult> attempts() {
        return List.copyOf(tries);
    }

    /** What tells the provider which trace this turn belongs to; empty where nothing is traced. */
    public Map<String, String> traceHeaders() {
        return trace.headers();
    }

    private AttemptResult withMarks(AttemptResult ended) {
        ProviderException failure = ended.outcome() == AttemptResult.Outcome.FAILED ? ended.failure() : null;
        AttemptResult attempt = goodStatus && failure != null && SAID.contains(failure.kind())
                ? ended.withMark(AttemptResult.Mark.SOFT_ERROR)
                : ended;
        attempt = trailing ? attempt.withMark(AttemptResult.Mark.TRAILING) : attempt;
        attempt = unjudged ? attempt.withMark(AttemptResult.Mark.UNJUDGED) : attempt;
        boolean told = tries.stream().anyMatch(before -> before.has(AttemptResult.Mark.RESENT));
        return upstream.resent() && !told ? attempt.withMark(AttemptResult.Mark.RESENT) : attempt;
    }
}
