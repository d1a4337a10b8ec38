package io.camelback.camel.fallback;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.Reply;
import io.camelback.chat.Usage;
import io.camelback.failure.AttemptSkippedException;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * The last link of a chain that would rather say something honest than fail: a fixed text, marked as no model's answer.
 */
public final class StaticFallbackProcessor implements Processor {
    /** The variable in which the Kamelet says the text. */
    public static final String TEXT = "degradedText";

    private final Clock clock;

    public StaticFallbackProcessor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Reply) {
            // Something better has spoken already: an answer from before.
            return;
        }
        RequestContext context = RequestContext.of(exchange);
        if (context != null) {
            if (context.lifecycle().isEnded()
                    || context.degradation().isRefused()
                    || context.noFallback()
                    || context.sent() != null
                    || outOfTime(context)
                    || ExhaustionErrorMapper.refusedAsUnsupported(context)) {
                throw new AttemptSkippedException("static", AttemptSkippedException.Reason.CHAIN_ENDED);
            }
            if (ExhaustionErrorMapper.refusedForMoney(context)) {
                throw new AttemptSkippedException("static", AttemptSkippedException.Reason.BUDGET);
            }
            context.degradation().markStatic();
        }
        exchange.removeVariable(ProviderAttempt.VARIABLE);
        String text = exchange.getVariable(TEXT, String.class);
        exchange.setMessage(new DefaultMessage(exchange));
        exchange.getMessage()
                .setBody(new ChatAnswer(
                        null,
                        "static",
                        clock.instant().getEpochSecond(),
                        List.of(new ChatAnswer.Choice(0, List.of(new Part.Text(text)), FinishReason.STOP)),
                        Usage.of(0, 0),
                        null));
    }

    private static boolean outOfTime(RequestContext context) {
        return context.remainingTime() != null && context.remainingTime().isZero();
    }
}
