package io.camelback.camel.kamelet;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.accounting.BudgetEnforcer;
import io.camelback.camel.accounting.QuotaEnforcer;
import io.camelback.camel.attempt.BillingTerms;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.attempt.ReservationHandle;
import io.camelback.camel.attempt.UpstreamFailureMapper;
import io.camelback.camel.chain.DeadlineAllocator;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.request.LoopDetector;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.resilience.Deadline;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.routing.RoutePlanner;
import io.camelback.routing.SkipReason;
import io.camelback.upstream.AttemptDeadline;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * The first step of every provider's Kamelet: whether this deployment may be asked now. A refusal is thrown and noted;
 * it sends the chain on to its next link and leaves the breaker alone.
 */
public final class AttemptAdmissionProcessor implements Processor {
    /** The variable in which a Kamelet says which deployment it is. */
    public static final String DEPLOYMENT = "deployment";

    private final CamelbackConfig config;
    private final GatewayRuntime runtime;
    private final DeadlineAllocator deadlines;
    private final RequestContextFactory contexts;
    private final BudgetEnforcer budgets;
    private final QuotaEnforcer quotas;
    private final LoopDetector loopDetector;

    public AttemptAdmissionProcessor(
            CamelbackConfig config,
            GatewayRuntime runtime,
            DeadlineAllocator deadlines,
            RequestContextFactory contexts,
            BudgetEnforcer budgets,
            QuotaEnforcer quotas,
            LoopDetector loopDetector) {
        this.config = config;
        this.runtime = runtime;
        this.deadlines = deadlines;
        this.contexts = contexts;
        this.budgets = budgets;
        this.quotas = quotas;
        this.loopDetector = loopDetector;
    }

    @Override
    public void process(Exchange exchange) {
        String name = exchange.getVariable(DEPLOYMENT, String.class);
        Deployment deployment = config.deployment(name)
                .orElseThrow(() -> new IllegalArgumentException("The Kamelet was given the deployment " + name
                        + ", which config/camelback.yaml does not have"));
        RequestContext requestContext = contexts.of(exchange, deployment.embeds());
        if (deployment.embeds() != (requestContext.embedding() != null)) {
            throw new IllegalArgumentException(name
                    + (deployment.embeds() ? " makes embeddings and does not chat" : " chats and makes no embeddings"));
        }
        if (requestContext.lifecycle().isEnded()) {
            throw refuse(
                    requestContext,
                    name,
                    SkipReason.of(AttemptSkippedException.Reason.CHAIN_ENDED, "the chain had ended"));
        }
        if (requestContext.sent() != null && requestContext.trail().names(name)) {
            throw refuse(
                    requestContext,
                    name,
                    SkipReason.of(AttemptSkippedException.Reason.HAD_ITS_TURN, AttemptResult.HAD_ITS_TURN));
        }
        Optional<SkipReason> drop = RoutePlanner.drop(
                requestContext.analysis().profile(),
                soFar(requestContext),
                deployment,
                requestContext.plan().behind(deployment),
                link -> DeploymentAvailability.of(link, runtime));
        if (drop.isPresent()) {
            throw refuse(requestContext, name, drop.get());
        }
        AttemptDeadline share = shareOf(requestContext, deployment);
        if (!runtime.inFlight().acquire(name, runtime.breakers().concurrencyLimit(deployment))) {
            throw refuse(requestContext, name, RoutePlanner.full());
        }
        BillingTerms terms = budgets.terms(requestContext, deployment);
        ProviderAttempt attempt = new ProviderAttempt(
                requestContext,
                deployment,
                streams(requestContext.effectiveRequest(), deployment),
                share,
                runtime,
                reserve(requestContext, terms),
                terms,
                config.bounds());
        exchange.getExchangeExtension().addOnCompletion(attempt);
        exchange.setVariable(ProviderAttempt.VARIABLE, attempt);
        // The Kamelet's message starts clean: no header of the caller's or of the route's goes any further.
        exchange.setMessage(new DefaultMessage(exchange));
        attempt.recorder().traceHeaders().forEach(exchange.getMessage()::setHeader);
        exchange.getMessage()
                .setHeader(
                        LoopDetector.HEADER,
                        requestContext.hops() == null ? loopDetector.own() : requestContext.hops());
    }

    /** An attempt that cannot come to its end is not made. */
    private AttemptDeadline shareOf(RequestContext requestContext, Deployment deployment) {
        AttemptDeadline share = deadlines.of(requestContext, deployment);
        Optional<String> starved = Deadline.insufficient(share, deadlines.firstToken(deployment));
        if (starved.isPresent()) {
            boolean callersTimeOver = share.callers() && Deadline.isExpired(share.left());
            requestContext
                    .trail()
                    .add(AttemptResult.unsuitable(
                            deployment.name(),
                            AttemptSkippedException.Reason.DEADLINE,
                            UpstreamFailureMapper.insufficient(callersTimeOver, starved.get())));
            if (callersTimeOver) {
                requestContext.lifecycle().end();
            }
            throw new AttemptSkippedException(deployment.name(), AttemptSkippedException.Reason.DEADLINE);
        }
        return share;
    }

    /** The last thing asked, because it costs most; what was had before is given back when the budgets refuse. */
    private ReservationHandle reserve(RequestContext requestContext, BillingTerms terms) {
        Deployment deployment = terms.deployment();
        ReservationHandle quota = ReservationHandle.NONE;
        try {
            quota = quotas.admit(requestContext, deployment);
            return quota.and(budgets.reserve(requestContext, terms));
        } catch (RuntimeException | Error e) {
            quota.settle(List.of());
            runtime.inFlight().release(deployment.name());
            throw e;
        }
    }

    /** @param request null when vectors are wanted, which nobody streams */
    static boolean streams(ChatRequest request, Deployment deployment) {
        return request != null && (request.stream() || deployment.streamUpstream());
    }

    /** A window that has refused this request says what no smaller one need be asked (docs/failures.md S18). */
    private RoutePlanner.PlanState soFar(RequestContext requestContext) {
        int tooSmall = 0;
        for (AttemptResult attempt : requestContext.trail().attempts()) {
            if (attempt.failure() != null
                    && attempt.failure().kind() == FailureKind.CONTEXT
                    && attempt.outcome() == AttemptResult.Outcome.FAILED) {
                tooSmall = Math.max(
                        tooSmall,
                        config.deployment(attempt.deployment())
                                .map(Deployment::context)
                                .orElse(0));
            }
        }
        return new RoutePlanner.PlanState(requestContext.trail().turns() > 0, tooSmall);
    }

    private static AttemptSkippedException refuse(RequestContext requestContext, String name, SkipReason drop) {
        requestContext.trail().add(drop.attempt(name));
        return new AttemptSkippedException(name, drop.reason());
    }
}
