package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Declined;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Reply;
import io.camelback.config.CamelbackConfig;
import io.camelback.failure.NotAdmitted;
import io.camelback.routing.Targets;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * {@code direct:chat} and {@code direct:embed}, for Camel routes: each takes a request of any kind that its {@link Bodies} know,
 * and answers in kind. What fails is thrown as a {@link ChatFailed}, with the error a caller over HTTP would get.
 */
final class Direct {
    private static final String DOOR = "direct";

    private final CamelbackConfig config;
    private final Targets targets;
    private final Bodies bodies;
    private final Records records;
    private final Calls calls;
    private final AnswerMemory memory;
    private final Patience patience;
    private final Clock clock;

    /** The kinds of messages that routes ask with. */
    interface Bodies {
        /** @throws io.camelback.dialect.InvalidRequest when it is none of them, or not a request */
        Asked asked(Object body);

        /** The reply in the kind that was asked with. @param created when, Unix time in seconds */
        Object inKind(Object asked, Object reply, Call call, long created);
    }

    Direct(CamelbackConfig config, Targets targets, Bodies bodies, Records records, Calls calls, AnswerMemory memory, Patience patience,
            Clock clock) {
        this.config = config;
        this.targets = targets;
        this.bodies = bodies;
        this.records = records;
        this.calls = calls;
        this.memory = memory;
        this.patience = patience;
        this.clock = clock;
    }

    Processor enter() {
        return exchange -> {
            CallScope scope = CallScope.open(exchange);
            Asked asked = asked(exchange, scope);
            begin(exchange, scope, asked, targets.require(asked.model()));
        };
    }

    private Asked asked(Exchange exchange, CallScope scope) {
        return bodies.asked(JsonBodies.known(exchange, scope.message().getBody())).hinted(RequestHints.labels(scope.message()));
    }

    private void begin(Exchange exchange, CallScope scope, Asked asked, String target) {
        Call.Hints hints = RequestHints.of(scope.message(), Map.of(), null);
        exchange.setVariable(Call.VARIABLE, calls.begin(RequestIds.of(null), asked, target, hints, null));
        exchange.setVariable(Accept.TARGET, target);
        exchange.getMessage().setBody(asked.request());
    }

    Processor leave() {
        return exchange -> leave(exchange, true);
    }

    private void leave(Exchange exchange, boolean inKind) throws ChatFailed {
        Object reply = exchange.getMessage().getBody();
        Call call = Call.of(exchange);
        if (reply instanceof Declined declined && !call.takePutAside(exchange)) {
            throw new ChatFailed(declined.error());
        }
        answer(exchange, call, inKind);
    }

    private void answer(Exchange exchange, Call call, boolean inKind) throws ChatFailed {
        LiveAttempt answering = LiveAttempt.of(exchange);
        if (exchange.getMessage().getBody() instanceof Reply reply) {
            exchange.getMessage().setBody(memory.watch(call, answering == null ? null : answering.deployment(), reply));
        } else if (exchange.getMessage().getBody() instanceof ChatRequest && call.trail().turns() > 0) {
            throw new NotAdmitted(call.chain(), NotAdmitted.Reason.CHAIN_ENDED);
        }
        CallScope scope = CallScope.of(exchange);
        Object reply = exchange.getMessage().getBody();
        Object body = inKind ? bodies.inKind(scope.message().getBody(), reply, call, clock.instant().getEpochSecond()) : reply;
        scope.close(exchange);
        exchange.getMessage().setBody(body);
        AnswerHeaders.set(exchange.getMessage(), call, answering == null ? null : answering.deployment(), config, reply);
        records.done(call, DOOR, answering == null ? null : answering.deployment(), 200, null);
    }

    /** Also for a chain that failed: what it threw is told as the error that callers get. */
    Processor fail() {
        return exchange -> {
            fail(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), true);
        };
    }

    private void fail(Exchange exchange, Throwable thrown, boolean inKind) throws ChatFailed {
        Call call = Call.of(exchange);
        if (call != null && (call.takePutAside(exchange) || patience.answered(exchange, call, thrown))) {
            answer(exchange, call, inKind);
            return;
        }
        GatewayError told = thrown instanceof ChatFailed failed ? failed.error() : Outcome.of(thrown, call, exchange.getExchangeId());
        GatewayError error = told == null ? GatewayError.of(499, "cancelled", "The call was cancelled.") : told;
        CallScope.of(exchange).close(exchange);
        if (call != null) {
            records.done(call, DOOR, null, error.status(), error);
        }
        throw new ChatFailed(error);
    }

    /**
     * The first step of a chain. Where a host's route calls the chain by its name, a request begins here and ends with the chain's
     * route, as at {@code direct:chat}; the reply stays as the chain gives it. Inside of a request it does nothing.
     */
    Processor enterChain(String chain) {
        return exchange -> {
            if (!Calls.isUnderWay(exchange)) {
                CallScope scope = CallScope.open(exchange);
                exchange.getUnitOfWork().addSynchronization(new ChainEnd(exchange.getUnitOfWork(), scope));
                begin(exchange, scope, asked(exchange, scope), chain);
            }
        };
    }

    /** Ends the request that has begun with a chain's route when that route ends. */
    private final class ChainEnd extends SynchronizationAdapter implements SynchronizationRouteAware {
        private final UnitOfWork unit;
        private final Route route;
        private final CallScope scope;
        private int inside;

        ChainEnd(UnitOfWork unit, CallScope scope) {
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
            if (ended != route || CallScope.of(exchange) != scope || inside-- > 0) {
                return;
            }
            unit.removeSynchronization(this);
            try {
                end(exchange, exchange.getException());
            } catch (ChatFailed failed) {
                exchange.setException(failed);
            }
        }

        private void end(Exchange exchange, Throwable thrown) throws ChatFailed {
            exchange.setException(null);
            if (thrown == null) {
                try {
                    leave(exchange, false);
                    return;
                } catch (ChatFailed | RuntimeException e) {
                    fail(exchange, e, false);
                    return;
                }
            }
            fail(exchange, thrown, false);
        }
    }
}
