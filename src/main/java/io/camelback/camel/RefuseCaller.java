package io.camelback.camel;

import io.camelback.chat.GatewayError;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The door's error step: whatever went wrong, said in the caller's dialect, with the headers of the contract. */
final class RefuseCaller implements Processor {
    private final HttpReply reply;

    private final Patience patience;

    RefuseCaller(HttpReply reply, Patience patience) {
        this.reply = reply;
        this.patience = patience;
    }

    @Override
    public void process(Exchange exchange) {
        Call call = Call.of(exchange);
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        abandon(LiveAttempt.of(exchange), thrown);
        if (call != null && (call.takePutAside(exchange) || patience.answered(exchange, call, thrown))) {
            reply.process(exchange);
            return;
        }
        GatewayError error = Outcome.of(thrown, call, exchange.getProperty(HttpReply.REQUEST_ID, "", String.class));
        reply.error(exchange, error);
    }

    /** An answer that was on its way when something failed behind its chain goes nowhere any more. */
    private static void abandon(LiveAttempt attempt, Throwable thrown) {
        if (attempt != null && thrown != null) {
            attempt.abort(thrown);
        }
    }
}
