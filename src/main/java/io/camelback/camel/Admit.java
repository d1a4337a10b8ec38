package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.NotAdmitted;
import io.camelback.http.Share;
import io.camelback.resilience.Deadline;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
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

    Admit(CamelbackConfig config, Vitals vitals, TimeShares shares, Calls calls, Books books) {
        this.config = config;
        this.vitals = vitals;
        this.shares = shares;
        this.calls = calls;
        this.books = books;
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
            throw refuse(call, name, NotAdmitted.Reason.CHAIN_ENDED, "the chain had ended");
        }
        if (call.noFallback() && call.trail().turns() > 0) {
            throw refuse(call, name, NotAdmitted.Reason.NO_FALLBACK, "no fallback wanted");
        }
        if (call.sent() != null && call.trail().names(name)) {
            throw refuse(call, name, NotAdmitted.Reason.HAD_ITS_TURN, Attempt.HAD_ITS_TURN);
        }
        if (!deployment.usable()) {
            throw refuse(call, name, NotAdmitted.Reason.NO_KEY, "no key: " + deployment.provider().keyVariable() + " is not set");
        }
        Optional<Parking.Parked> parked = vitals.parking().parked(name)
                .or(() -> vitals.parking().parked(LiveAttempt.keyOf(deployment)));
        if (parked.isPresent()) {
            Parking.Parked park = parked.get();
            call.trail().add(Attempt.parked(name, park.reason(), park.left(), park.cause()));
            throw new NotAdmitted(name, NotAdmitted.Reason.PARKED);
        }
        Share share = shareOf(call, deployment);
        if (!vitals.inFlight().enter(name, deployment.maxInFlight())) {
            throw refuse(call, name, NotAdmitted.Reason.IN_FLIGHT_CAP, "in-flight cap");
        }
        LiveAttempt attempt = new LiveAttempt(call, deployment, streams(call.request(), deployment), share, vitals,
                book(call, deployment));
        exchange.setVariable(LiveAttempt.VARIABLE, attempt);
        // The Kamelet's message starts clean: no header of the caller's or of the route's goes any further.
        exchange.setMessage(new DefaultMessage(exchange));
        attempt.traceHeaders().forEach(exchange.getMessage()::setHeader);
        exchange.getExchangeExtension().addOnCompletion(attempt);
    }

    /** An attempt that cannot come to its end is not made. */
    private Share shareOf(Call call, Deployment deployment) {
        Share share = shares.of(call, deployment);
        Optional<String> starved = Deadline.starved(share, shares.firstToken(deployment));
        if (starved.isPresent()) {
            boolean callersTimeOver = share.callers() && Deadline.over(share.left());
            call.trail().add(Attempt.unsuited(deployment.name(), Meaning.starved(callersTimeOver, starved.get())));
            if (callersTimeOver) {
                call.end();
            }
            throw new NotAdmitted(deployment.name(), NotAdmitted.Reason.DEADLINE);
        }
        return share;
    }

    /** The last thing asked, because it costs most; what was had before is given back when the budgets refuse. */
    private Booking book(Call call, Deployment deployment) {
        try {
            return books.reserve(call, deployment);
        } catch (RuntimeException e) {
            vitals.inFlight().leave(deployment.name());
            throw e;
        }
    }

    /** @param request null when vectors are wanted, which nobody streams */
    static boolean streams(ChatRequest request, Deployment deployment) {
        return request != null && (request.stream() || deployment.streamUpstream());
    }

    private static NotAdmitted refuse(Call call, String name, NotAdmitted.Reason reason, String why) {
        call.trail().add(Attempt.skipped(name, why));
        return new NotAdmitted(name, reason);
    }
}
