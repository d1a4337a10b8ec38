package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Declined;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Reply;
import io.camelback.failure.NotAdmitted;
import io.camelback.routing.Targets;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * {@code direct:chat} and {@code direct:embed}, for Camel routes: each takes a request of any kind that its {@link Bodies} know,
 * and answers in kind. What fails is thrown as a {@link ChatFailed}, with the error a caller over HTTP would get.
 */
final class Direct {
    private static final String ASKED = "camelbackAsked";
    private static final String DOOR = "direct";

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

    Direct(Targets targets, Bodies bodies, Records records, Calls calls, AnswerMemory memory, Patience patience,
            Clock clock) {
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
            Object body = exchange.getMessage().getBody();
            Asked asked = bodies.asked(body);
            String target = targets.require(asked.model());
            exchange.setProperty(ASKED, body);
            exchange.setVariable(Call.VARIABLE,
                    calls.begin(exchange.getExchangeId(), asked, target, Call.Hints.NONE.commit(null), null));
            exchange.setVariable(Accept.TARGET, target);
            exchange.setMessage(new DefaultMessage(exchange));
            exchange.getMessage().setBody(asked.request());
        };
    }

    Processor leave() {
        return exchange -> {
            Object reply = exchange.getMessage().getBody();
            Call call = Call.of(exchange);
            if (reply instanceof Declined declined && !call.takePutAside(exchange)) {
                throw failed(call, declined.error());
            }
            answer(exchange, call);
        };
    }

    private void answer(Exchange exchange, Call call) throws ChatFailed {
        LiveAttempt answering = LiveAttempt.of(exchange);
        if (exchange.getMessage().getBody() instanceof Reply reply) {
            exchange.getMessage().setBody(memory.watch(call, answering == null ? null : answering.deployment(), reply));
        } else if (exchange.getMessage().getBody() instanceof ChatRequest && call.trail().turns() > 0) {
            throw failed(call, Outcome.of(new NotAdmitted(call.chain(), NotAdmitted.Reason.CHAIN_ENDED), call, call.id()));
        }
        exchange.getMessage().setBody(bodies.inKind(exchange.getProperty(ASKED), exchange.getMessage().getBody(), call,
                clock.instant().getEpochSecond()));
        records.done(call, DOOR, answering == null ? null : answering.deployment(), 200, null);
    }

    /** Also for a chain that failed: what it threw is told as the error that callers get. */
    Processor fail() {
        return exchange -> {
            Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            if (thrown instanceof ChatFailed failed) {
                throw failed;
            }
            Call call = Call.of(exchange);
            if (call != null && (call.takePutAside(exchange) || patience.answered(exchange, call, thrown))) {
                answer(exchange, call);
                return;
            }
            GatewayError error = Outcome.of(thrown, call, exchange.getExchangeId());
            throw failed(call, error == null ? GatewayError.of(499, "cancelled", "The call was cancelled.") : error);
        };
    }

    private ChatFailed failed(Call call, GatewayError error) {
        if (call != null) {
            records.done(call, DOOR, null, error.status(), error);
        }
        return new ChatFailed(error);
    }
}
