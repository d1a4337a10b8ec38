package io.camelback.camel;

import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import io.camelback.http.UpstreamCall;
import io.camelback.observe.RequestTrace;
import io.camelback.routing.Attempt;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is written down of a deployment's turn: every try of it, in the request's trail, its trace and its bill. */
final class TurnNotes {
    /** What a provider can say with status 200 instead of an answer; all other failures are silence, or a connection's. */
    private static final Set<FailureKind> SAID = EnumSet.complementOf(EnumSet.of(FailureKind.TRANSPORT, FailureKind.TIMEOUT,
            FailureKind.SLOW, FailureKind.CANCELLED, FailureKind.CLIENT_DEADLINE, FailureKind.SHUTTING_DOWN, FailureKind.INTERNAL,
            FailureKind.QUALITY));

    private final Call call;
    private final Deployment deployment;
    private final UpstreamCall upstream;
    private final List<Attempt> tries = new CopyOnWriteArrayList<>();
    private RequestTrace.Turn trace;
    private boolean goodStatus;
    private boolean trailing;
    private boolean unjudged;

    TurnNotes(Call call, Deployment deployment, UpstreamCall upstream) {
        this.call = call;
        this.deployment = deployment;
        this.upstream = upstream;
        this.trace = call.trace().turn(deployment);
    }

    /** One try is over. */
    void add(Attempt ended) {
        Attempt attempt = marked(ended);
        tries.add(attempt);
        call.trail().add(attempt);
        trace.ended(attempt);
    }

    /** Another try begins. */
    void again() {
        trace = call.trace().turn(deployment);
    }

    void goodStatus() {
        goodStatus = true;
    }

    void trailing() {
        trailing = true;
    }

    /** Nobody can say whether its answer is good enough. */
    void unjudged() {
        unjudged = true;
    }

    List<Attempt> all() {
        return List.copyOf(tries);
    }

    /** What tells the provider which trace this turn belongs to; empty where nothing is traced. */
    Map<String, String> traceHeaders() {
        return trace.headers();
    }

    private Attempt marked(Attempt ended) {
        ProviderFailure failure = ended.outcome() == Attempt.Outcome.FAILED ? ended.failure() : null;
        Attempt attempt = goodStatus && failure != null && SAID.contains(failure.kind()) ? ended.marked(Attempt.Mark.SOFT_ERROR) : ended;
        attempt = trailing ? attempt.marked(Attempt.Mark.TRAILING) : attempt;
        attempt = unjudged ? attempt.marked(Attempt.Mark.UNJUDGED) : attempt;
        boolean told = tries.stream().anyMatch(before -> before.has(Attempt.Mark.RESENT));
        return upstream.resent() && !told ? attempt.marked(Attempt.Mark.RESENT) : attempt;
    }
}
