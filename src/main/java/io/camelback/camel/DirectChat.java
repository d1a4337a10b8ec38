package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Declined;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.InvalidRequest;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Targets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * {@code direct:chat}, for Camel routes: takes a request of any kind that {@link ChatBodies} knows, and answers in kind. What
 * fails is thrown as a {@link ChatFailed}, with the error a caller over HTTP would get.
 */
final class DirectChat {
    private static final String ASKED = "camelbackAsked";

    private final Targets targets;
    private final Vitals vitals;

    DirectChat(Targets targets, Vitals vitals) {
        this.targets = targets;
        this.vitals = vitals;
    }

    Processor enter() {
        return exchange -> {
            Object asked = exchange.getMessage().getBody();
            ChatRequest request = ChatBodies.request(asked);
            String target = targets.resolve(request.model()).orElseThrow(() -> new InvalidRequest(
                    new GatewayError(404, "model_not_found", "There is no such model. There are: "
                            + String.join(", ", targets.names()) + ".", "model", null)));
            exchange.setProperty(ASKED, asked);
            exchange.setVariable(Call.VARIABLE,
                    new Call(exchange.getExchangeId(), request, target, Call.Hints.NONE, vitals.nanoTime()));
            exchange.setVariable(AcceptChat.TARGET, target);
            exchange.setMessage(new DefaultMessage(exchange));
            exchange.getMessage().setBody(request);
        };
    }

    Processor leave() {
        return exchange -> {
            Object reply = exchange.getMessage().getBody();
            if (reply instanceof Declined declined) {
                throw new ChatFailed(declined.error());
            }
            exchange.getMessage().setBody(ChatBodies.inKind(exchange.getProperty(ASKED), reply, Call.of(exchange),
                    vitals.clock().instant().getEpochSecond()));
        };
    }

    Processor fail() {
        return exchange -> {
            Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            if (thrown instanceof ChatFailed failed) {
                throw failed;
            }
            GatewayError error = Outcome.of(thrown, Call.of(exchange), exchange.getExchangeId());
            throw new ChatFailed(error == null ? GatewayError.of(499, "cancelled", "The call was cancelled.") : error);
        };
    }
}
