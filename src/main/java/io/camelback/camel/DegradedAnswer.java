package io.camelback.camel;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Finish;
import io.camelback.chat.Part;
import io.camelback.chat.Reply;
import io.camelback.chat.Usage;
import io.camelback.failure.NotAdmitted;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/** The last link of a chain that would rather say something honest than fail: a fixed text, marked as no model's answer. */
final class DegradedAnswer implements Processor {
    /** The variable in which the Kamelet says the text. */
    static final String TEXT = "degradedText";

    private final Clock clock;

    DegradedAnswer(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Reply) {
            // Something better has spoken already: an answer from before.
            return;
        }
        Call call = Call.of(exchange);
        if (call != null) {
            if (call.ended() || call.secondBest().isRefused() || call.noFallback() || call.sent() != null || outOfTime(call)) {
                throw new NotAdmitted("static", NotAdmitted.Reason.CHAIN_ENDED);
            }
            if (Outcome.refusedForMoney(call)) {
                throw new NotAdmitted("static", NotAdmitted.Reason.BUDGET);
            }
            call.secondBest().fixedText();
        }
        exchange.removeVariable(LiveAttempt.VARIABLE);
        String text = exchange.getVariable(TEXT, String.class);
        exchange.setMessage(new DefaultMessage(exchange));
        exchange.getMessage().setBody(new ChatAnswer(null, "static", clock.instant().getEpochSecond(),
                List.of(new ChatAnswer.Choice(0, List.of(new Part.Text(text)), Finish.STOP)), Usage.of(0, 0), null));
    }

    private static boolean outOfTime(Call call) {
        return call.left() != null && call.left().isZero();
    }
}
