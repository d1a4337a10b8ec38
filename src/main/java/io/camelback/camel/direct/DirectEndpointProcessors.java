package io.camelback.camel.direct;

import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.convert.BodyConverter;
import io.camelback.camel.convert.JsonBodyConverter;
import io.camelback.camel.fallback.AnswerCacheRecorder;
import io.camelback.camel.fallback.WaitForRecoveryHandler;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.RequestHints;
import io.camelback.camel.request.RequestIds;
import io.camelback.camel.request.RequestOptions;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Reply;
import io.camelback.chat.RequestRejected;
import io.camelback.config.CamelbackConfig;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.routing.ModelResolver;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * {@code direct:chat} and {@code direct:embed}, for Camel routes: each takes a request of any kind that its
 * {@link BodyConverter} know, and answers in kind. What fails is thrown as a {@link ChatFailedException}, with the
 * error a caller over HTTP would get.
 */
public final class DirectEndpointProcessors {
    private static final String ENDPOINT = "direct";

    private final CamelbackConfig config;
    private final ModelResolver targets;
    private final BodyConverter bodies;
    private final RequestRecorder records;
    private final RequestContextFactory contexts;
    private final AnswerCacheRecorder answerCache;
    private final WaitForRecoveryHandler recovery;
    private final Clock clock;

    public DirectEndpointProcessors(
            CamelbackConfig config,
            ModelResolver targets,
            BodyConverter bodies,
            RequestRecorder records,
            RequestContextFactory contexts,
            AnswerCacheRecorder answerCache,
            WaitForRecoveryHandler recovery,
            Clock clock) {
        this.config = config;
        this.targets = targets;
        this.bodies = bodies;
        this.records = records;
        this.contexts = contexts;
        this.answerCache = answerCache;
        this.recovery = recovery;
        this.clock = clock;
    }

    public Processor enter() {
        return exchange -> {
            RequestScope scope = RequestScope.open(exchange);
            InboundPayload asked = asked(exchange, scope);
            begin(exchange, scope, asked, targets.require(asked.model()));
        };
    }

    private InboundPayload asked(Exchange exchange, RequestScope scope) {
        return bodies.toPayload(
                        JsonBodyConverter.known(exchange, scope.message().getBody()))
                .hinted(RequestHints.labels(scope.message()));
    }

    private void begin(Exchange exchange, RequestScope scope, InboundPayload asked, String target) {
        RequestOptions hints = RequestHints.of(scope.message(), Map.of(), null);
        exchange.setVariable(RequestContext.VARIABLE, contexts.begin(RequestIds.of(null), asked, target, hints, null));
        exchange.setVariable(RequestContext.TARGET, target);
        exchange.getMessage().setBody(asked.request());
    }

    public Processor leave() {
        return exchange -> leave(exchange, true);
    }

    private void leave(Exchange exchange, boolean inKind) throws ChatFailedException {
        Object reply = exchange.getMessage().getBody();
        RequestContext context = RequestContext.of(exchange);
        if (reply instanceof RequestRejected declined && !context.useHeldAnswer(exchange)) {
            throw new ChatFailedException(declined.error());
        }
        answer(exchange, context, inKind);
    }

    private void answer(Exchange exchange, RequestContext context, boolean inKind) throws ChatFailedException {
        ProviderAttempt answering = ProviderAttempt.of(exchange);
        if (exchange.getMessage().getBody() instanceof Reply reply) {
            exchange.getMessage()
                    .setBody(answerCache.watch(context, answering == null ? null : answering.deployment(), reply));
        } else if (exchange.getMessage().getBody() instanceof ChatRequest
                && context.trail().turns() > 0) {
            throw new AttemptSkippedException(context.chain(), AttemptSkippedException.Reason.CHAIN_ENDED);
        }
        RequestScope scope = RequestScope.of(exchange);
        Object reply = exchange.getMessage().getBody();
        Object body = inKind
                ? bodies.convertReply(
                        scope.message().getBody(),
                        reply,
                        context,
                        clock.instant().getEpochSecond())
                : reply;
        scope.close(exchange);
        exchange.getMessage().setBody(body);
        AnswerHeaders.set(exchange.getMessage(), context, answering, config, reply);
        records.record(context, ENDPOINT, answering == null ? null : answering.deployment(), 200, null);
    }

    /** Also for a chain that failed: what it threw is told as the error that callers get. */
    public Processor fail() {
        return exchange -> {
            fail(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), true);
        };
    }

    private void fail(Exchange exchange, Throwable thrown, boolean inKind) throws ChatFailedException {
        RequestContext context = RequestContext.of(exchange);
        if (context != null && (context.useHeldAnswer(exchange) || recovery.waitAndRetry(exchange, context, thrown))) {
            answer(exchange, context, inKind);
            return;
        }
        GatewayError told = thrown instanceof ChatFailedException failed
                ? failed.error()
                : ExhaustionErrorMapper.of(thrown, context, exchange.getExchangeId());
        GatewayError error = told == null ? GatewayError.of(499, "cancelled", "The call was cancelled.") : told;
        RequestScope.of(exchange).close(exchange);
        if (context != null) {
            records.record(context, ENDPOINT, null, error.status(), error);
        }
        throw new ChatFailedException(error);
    }

    /**
     * The first step of a chain. Where a host's route calls the chain by its name, a request begins here and ends with
     * the chain's route, as at {@code direct:chat}; the reply stays as the chain gives it. Inside of a request it does
     * nothing.
     */
    public Processor enterChain(String chain) {
        return exchange -> {
            if (!RequestContextFactory.isUnderWay(exchange)) {
                RequestScope scope = RequestScope.open(exchange);
                exchange.getUnitOfWork().addSynchronization(new ChainEnd(exchange.getUnitOfWork(), scope));
                begin(exchange, scope, asked(exchange, scope), chain);
            }
        };
    }

    /** Ends the request that has begun with a chain's route when that route ends. */
    private final class ChainEnd extends SynchronizationAdapter implements SynchronizationRouteAware {
        private final UnitOfWork unit;
        private final Route route;
        private final RequestScope scope;
        private int inside;

        ChainEnd(UnitOfWork unit, RequestScope scope) {
            this.unit = unit;
            this.route = unit.getRoute();
            this.scope = scope;
        }

        @Override
        public boolean allowHandover() {
            return false;
        }

        @Override
        public SynchronizationRouteAware getRouteSynchronization() {
            return this;
        }

        @Override
        public void onBeforeRoute(Route begun, Exchange exchange) {
            inside += begun == route ? 1 : 0;
        }

        @Override
        public void onAfterRoute(Route ended, Exchange exchange) {
            if (ended != route || RequestScope.of(exchange) != scope || inside-- > 0) {
                return;
            }
            unit.removeSynchronization(this);
            try {
                end(exchange, exchange.getException());
            } catch (ChatFailedException failed) {
                exchange.setException(failed);
            }
        }

        private void end(Exchange exchange, Throwable thrown) throws ChatFailedException {
            exchange.setException(null);
            if (thrown == null) {
                try {
                    leave(exchange, false);
                    return;
                } catch (ChatFailedException | RuntimeException e) {
                    fail(exchange, e, false);
                    return;
                }
            }
            fail(exchange, thrown, false);
        }
    }
}
