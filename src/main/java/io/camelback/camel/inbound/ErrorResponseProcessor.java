package io.camelback.camel.inbound;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.fallback.WaitForRecoveryHandler;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.GatewayError;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The door's error step: whatever went wrong, said in the caller's dialect, with the headers of the contract. */
public final class ErrorResponseProcessor implements Processor {
    private final ResponseProcessor reply;

    private final WaitForRecoveryHandler recovery;

    public ErrorResponseProcessor(ResponseProcessor reply, WaitForRecoveryHandler recovery) {
        this.reply = reply;
        this.recovery = recovery;
    }

    @Override
    public void process(Exchange exchange) {
        RequestContext call = RequestContext.of(exchange);
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        abandon(ProviderAttempt.of(exchange), thrown);
        if (call != null && (call.useHeldAnswer(exchange) || recovery.waitAndRetry(exchange, call, thrown))) {
            reply.process(exchange);
            return;
        }
        GatewayError error = ExhaustionErrorMapper.of(thrown, call, RequestPreamble.requestId(exchange));
        reply.error(exchange, error);
    }

    /** An answer that was on its way when something failed behind its chain goes nowhere any more. */
    private static void abandon(ProviderAttempt attempt, Throwable thrown) {
        if (attempt != null && thrown != null) {
            attempt.abort(thrown);
        }
    }
}
