package io.camelback.camel.fallback;

import io.camelback.cache.AnswerCache;
import io.camelback.cache.CachedAnswer;
import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.Reply;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.stream.DelegatingChatStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Remembers the answers of chains that want it, and gives them again when no model can answer. Only what a model of the
 * asked tier said in full is kept; what is below the floor, degraded, cut off or broken is not.
 */
public final class AnswerCacheRecorder {
    private static final int LONGEST = 256 << 10;

    private final CamelbackConfig config;
    private final AnswerCache cache;
    private final Clock clock;

    public AnswerCacheRecorder(CamelbackConfig config, AnswerCache cache, Clock clock) {
        this.config = config;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * The reply, watched until its end where it may be kept. @param deployment the one that answers; null when none
     * does
     */
    public Reply watch(RequestContext context, Deployment deployment, Reply reply) {
        boolean wanted = deployment != null
                && context.originalRequest() != null
                && context.chain() != null
                && config.chain(context.chain()).cached() != null
                && !context.degradation().isBelowQuality()
                && !context.degradation().isUnjudged()
                && RequestRecorder.degraded(context, deployment, config).isEmpty();
        if (!wanted) {
            return reply;
        }
        if (reply instanceof ChatAnswer answer) {
            keep(context, answer);
        }
        return reply instanceof ChatStream stream ? new Watched(stream, context) : reply;
    }

    private void keep(RequestContext context, ChatAnswer answer) {
        cache.keep(context.clientKey(), context.chain(), context.originalRequest(), answer);
    }

    /** The step of the Kamelet: an answer from before, or nothing, so that what follows it can speak. */
    public Processor recall() {
        return exchange -> {
            RequestContext context = RequestContext.of(exchange);
            if (context == null
                    || context.originalRequest() == null
                    || context.chain() == null
                    || config.chain(context.chain()).cached() == null) {
                return;
            }
            if (context.lifecycle().isEnded()
                    || context.noFallback()
                    || context.degradation().isRefused()) {
                throw new AttemptSkippedException("cached", AttemptSkippedException.Reason.CHAIN_ENDED);
            }
            Optional<CachedAnswer> found = cache.find(
                    context.clientKey(),
                    context.chain(),
                    context.originalRequest(),
                    config.chain(context.chain()).cached());
            found.ifPresent(answer -> give(exchange, context, answer));
        };
    }

    private void give(Exchange exchange, RequestContext context, CachedAnswer answer) {
        context.degradation().markCached(answer.age(clock.instant()));
        exchange.removeVariable(ProviderAttempt.VARIABLE);
        exchange.setMessage(new DefaultMessage(exchange));
        exchange.getMessage().setBody(answer.again());
    }

    /** Reads along, and keeps the whole when it has come to its good end. */
    private final class Watched extends DelegatingChatStream {
        private final RequestContext context;
        private final StringBuilder text = new StringBuilder();
        private FinishReason finish;
        private boolean plain = true;

        Watched(ChatStream stream, RequestContext context) {
            super(stream);
            this.context = context;
        }

        @Override
        public StreamChunk next() {
            StreamChunk chunk = stream.next();
            if (chunk != null) {
                chunk.events().forEach(this::read);
            } else if (plain && finish != null) {
                plain = false;
                keep(
                        context,
                        new ChatAnswer(
                                null,
                                stream.model(),
                                0,
                                List.of(new ChatAnswer.Choice(0, List.of(new Part.Text(text.toString())), finish)),
                                null,
                                null));
            }
            return chunk;
        }

        private void read(StreamEvent event) {
            if (event instanceof StreamEvent.TextDelta delta && delta.choice() == 0) {
                text.append(delta.text());
            } else if (event instanceof StreamEvent.Finished finished && finished.choice() == 0) {
                finish = finished.finish();
            } else if (!(event instanceof StreamEvent.Started
                    || event instanceof StreamEvent.UsageReported
                    || event instanceof StreamEvent.ThinkingDelta
                    || event instanceof StreamEvent.ThinkingSigned
                    || event instanceof StreamEvent.ThinkingRedacted)) {
                plain = false;
            }
            plain &= text.length() <= LONGEST;
        }
    }
}
