package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.failure.NotAdmitted;
import io.camelback.http.Share;
import io.camelback.resilience.Deadline;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
import io.camelback.routing.Drop;
import io.camelback.routing.Planner;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * The first step of every provider's Kamelet: whether this deployment may be asked now. A refusal is thrown and noted; it
 * sends the chain on to its next link and leaves the breaker alone.
 */
final class Admit implements Processor {
    /** The variable in which a Kamelet says which deployment it is. */
    static final String DEPLOYMENT = "deployment";

    private final CamelbackConfig config;
    private final Vitals vitals;
    private final TimeShares shares;
    private final Calls calls;
    private final Books books;
    private final QuotaGate gate;
    private final States states;
    private final Hops hops;

    Admit(CamelbackConfig config, Vitals vitals, TimeShares shares, Calls calls, Books books, QuotaGate gate,
            Hops hops) {
        this.config = config;
        this.vitals = vitals;
        this.shares = shares;
        this.calls = calls;
        this.books = books;
        this.gate = gate;
        this.hops = hops;
        this.states = new States(vitals);
    }

    @Override
    public void process(Exchange exchange) {
        String name = exchange.getVariable(DEPLOYMENT, String.class);
        Deployment deployment = config.deployment(name).orElseThrow(() -> new IllegalArgumentException(
                "The Kamelet was given the deployment " + name + ", which config/camelback.yaml does not have"));
        Call call = calls.of(exchange, deployment.embeds());
        if (deployment.embeds() != (call.embedding() != null)) {
            throw new IllegalArgumentException(name + (deployment.embeds() ? " makes embeddings and does not chat"
                    : " chats and makes no embeddings"));
        }
        if (call.ended()) {
            throw refuse(call, name, Drop.of(NotAdmitted.Reason.CHAIN_ENDED, "the chain had ended"));
        }
        if (call.sent() != null && call.trail().names(name)) {
            throw refuse(call, name, Drop.of(NotAdmitted.Reason.HAD_ITS_TURN, Attempt.HAD_ITS_TURN));
        }
        Optional<Drop> drop = Planner.drop(call.facts(), soFar(call), deployment, call.plan().behind(deployment), states);
        if (drop.isPresent()) {
            throw refuse(call, name, drop.get());
        }
        Share share = shareOf(call, deployment);
        if (!vitals.inFlight().enter(name, vitals.breakers().room(deployment))) {
            throw refuse(call, name, Planner.full());
        }
        LiveAttempt attempt = new LiveAttempt(call, deployment, streams(call.request(), deployment), share, vitals,
                book(call, deployment), config.bounds());
        exchange.getExchangeExtension().addOnCompletion(attempt);
        exchange.setVariable(LiveAttempt.VARIABLE, attempt);
        // The Kamelet's message starts clean: no header of the caller's or of the route's goes any further.
        exchange.setMessage(new DefaultMessage(exchange));
        attempt.notes().traceHeaders().forEach(exchange.getMessage()::setHeader);
        exchange.getMessage().setHeader(Hops.HEADER, call.hops() == null ? hops.own() : call.hops());
    }

    /** An attempt that cannot come to its end is not made. */
    private Share shareOf(Call call, Deployment deployment) {
        Share share = shares.of(call, deployment);
        Optional<String> starved = Deadline.starved(share, shares.firstToken(deployment));
        if (starved.isPresent()) {
            boolean callersTimeOver = share.callers() && Deadline.over(share.left());
            call.trail().add(Attempt.unsuited(deployment.name(), NotAdmitted.Reason.DEADLINE,
                    Meaning.starved(callersTimeOver, starved.get())));
            if (callersTimeOver) {
                call.end();
            }
            throw new NotAdmitted(deployment.name(), NotAdmitted.Reason.DEADLINE);
        }
        return share;
    }

    /** The last thing asked, because it costs most; what was had before is given back when the budgets refuse. */
    private Booking book(Call call, Deployment deployment) {
        Booking quota = Booking.NONE;
        try {
            quota = gate.admit(call, deployment);
            return quota.and(books.reserve(call, deployment));
        } catch (RuntimeException | Error e) {
            quota.settle(List.of());
            vitals.inFlight().leave(deployment.name());
            throw e;
        }
    }

    /** @param request null when vectors are wanted, which nobody streams */
    static boolean streams(ChatRequest request, Deployment deployment) {
        return request != null && (request.stream() || deployment.streamUpstream());
    }

    /** A window that has refused this request says what no smaller one need be asked (docs/failures.md S18). */
    private Planner.SoFar soFar(Call call) {
        int tooSmall = 0;
        for (Attempt attempt : call.trail().attempts()) {
            if (attempt.failure() != null && attempt.failure().kind() == FailureKind.CONTEXT
                    && attempt.outcome() == Attempt.Outcome.FAILED) {
                tooSmall = Math.max(tooSmall, config.deployment(attempt.deployment()).map(Deployment::context).orElse(0));
            }
        }
        return new Planner.SoFar(call.trail().turns() > 0, tooSmall);
    }

    private static NotAdmitted refuse(Call call, String name, Drop drop) {
        call.trail().add(drop.attempt(name));
        return new NotAdmitted(name, drop.reason());
    }
}
