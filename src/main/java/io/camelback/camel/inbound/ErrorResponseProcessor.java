package io.camelback.camel.inbound;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.fallback.WaitForRecoveryHandler;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.GatewayError;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The error step of an HTTP endpoint: writes what went wrong in the caller's API format, with our headers. */
public final class ErrorResponseProcessor implements Processor {
    private final ResponseProcessor responses;

    private final WaitForRecoveryHandler recovery;

    public ErrorResponseProcessor(ResponseProcessor responses, WaitForRecoveryHandler recovery) {
        this.responses = responses;
        this.recovery = recovery;
    }

    @Override
    public void process(Exchange exchange) {
        RequestContext context = RequestContext.of(exchange);
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        abandon(ProviderAttempt.of(exchange), thrown);
        if (context != null && (context.useHeldAnswer(exchange) || recovery.waitAndRetry(exchange, context, thrown))) {
            responses.process(exchange);
            return;
        }
        GatewayError error = ExhaustionErrorMapper.of(thrown, context, RequestPreamble.requestId(exchange));
        responses.error(exchange, error);
    }

    /** An answer that was on its way when something failed behind its chain goes nowhere any more. */
    private static void abandon(ProviderAttempt attempt, Throwable thrown) {
        if (attempt != null && thrown != null) {
            attempt.abort(thrown);
        }
    }
}
