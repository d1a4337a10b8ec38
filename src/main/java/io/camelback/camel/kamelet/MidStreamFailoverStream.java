package io.camelback.camel.kamelet;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.FaultLog;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.failure.ProviderException;
import io.camelback.stream.DeliveredText;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * A live stream that the rest of its chain may take up, once, when it breaks. The chain is called again, from outside
 * of its route, for a continuation of the text that is out; links that had their turn are passed over. When nobody can
 * go on, or what comes does not join, the caller is told of the break as usual.
 *
 * <p>Its chunks are made of what they mean, so that one writer can go on with another provider's.
 */
public final class MidStreamFailoverStream implements ChatStream {
    private final ChatStream first;
    private final RequestContext requestContext;
    private final CamelContext context;
    private final DeliveredText sent = new DeliveredText();
    private volatile ChatStream rest;
    private volatile boolean closed;
    private String by;
    private Usage before;

    MidStreamFailoverStream(ChatStream first, RequestContext requestContext, CamelContext context) {
        this.first = first;
        this.requestContext = requestContext;
        this.context = context;
    }

    /** The deployment that went on with it; null when none did. */
    public String by() {
        return by;
    }

    @Override
    public String model() {
        return first.model();
    }

    @Override
    public StreamChunk next() {
        if (rest != null) {
            return summed(rest.next());
        }
        try {
            StreamChunk chunk = first.next();
            if (chunk == null) {
                return null;
            }
            sent.add(chunk);
            return new StreamChunk(chunk.events(), null, null, null);
        } catch (ProviderException broken) {
            takeUp(broken);
            return next();
        }
    }

    private void takeUp(ProviderException broken) {
        if (!sent.plain()
                || broken.kind().terminal()
                || requestContext.lifecycle().isEnded()
                || requestContext.noFallback()) {
            throw broken;
        }
        List<AttemptResult> attempts = requestContext.trail().attempts();
        before = attempts.get(attempts.size() - 1).metering().usage();
        ChatStream taken = ask(requestContext.forContinuation(sent));
        if (taken == null) {
            throw broken;
        }
        rest = taken;
        if (closed) {
            taken.close();
        }
    }

    private ChatStream ask(RequestContext continuation) {
        ProducerTemplate template = context.createProducerTemplate();
        try {
            Exchange answered = template.send("direct:" + requestContext.route(), exchange -> {
                exchange.setVariable(RequestContext.VARIABLE, continuation);
                exchange.getMessage().setBody(continuation.effectiveRequest());
            });
            ProviderAttempt answering = ProviderAttempt.of(answered);
            if (answered.getException() == null
                    && answering != null
                    && answered.getMessage().getBody() instanceof ChatStream stream) {
                by = answering.deployment().name();
                return stream;
            }
            if (answered.getException() != null && !ExhaustionErrorMapper.exhausts(answered.getException())) {
                FaultLog.tell(continuation.id(), answered.getException());
            }
            return null;
        } finally {
            template.stop();
        }
    }

    /** Both models are to be paid for. */
    private StreamChunk summed(StreamChunk chunk) {
        if (chunk == null || before == null) {
            return chunk;
        }
        return StreamChunk.made(chunk.events().stream()
                .map(event -> event instanceof StreamEvent.UsageReported told
                        ? new StreamEvent.UsageReported(before.plus(told.usage()))
                        : event)
                .toArray(StreamEvent[]::new));
    }

    @Override
    public void close() {
        end(ChatStream::close);
    }

    @Override
    public void abort(Throwable fault) {
        end(stream -> stream.abort(fault));
    }

    private void end(Consumer<ChatStream> how) {
        closed = true;
        try {
            how.accept(first);
        } finally {
            ChatStream taken = rest;
            if (taken != null) {
                how.accept(taken);
            }
        }
    }
}
