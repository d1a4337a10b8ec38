package io.camelback.camel.attempt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.attempt.AttemptMetering;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.failure.ProviderException;
import io.camelback.protocol.support.ServiceTiers;
import io.camelback.stream.AnswerStream;
import io.camelback.tokens.OutputTokenCounter;
import java.time.Duration;

/** What one turn delivers and uses, as the provider counts it, or else as we do. Used by one thread at a time. */
public final class AttemptUsage {
    private final RequestContext context;
    private final BillingTerms terms;
    private final OutputTokenCounter delivered = new OutputTokenCounter();
    private Usage reported;
    private boolean finished;
    private boolean counted;
    private boolean cut;
    private Duration firstToken;
    private String askedTier;

    AttemptUsage(RequestContext context, BillingTerms terms) {
        this.context = context;
        this.terms = terms;
    }

    /** The request's body as it is sent: what would make it cost what nobody knows is left out under a budget. */
    public ObjectNode billable(ObjectNode body) {
        ObjectNode sent = terms.fit(body);
        askedTier = ServiceTiers.written(sent);
        return sent;
    }

    /** What an answer with these tokens costs, in micro-dollars; null when they are, or a price is, not known. */
    public Long cost(Usage usage) {
        return usage == null ? null : terms.cost(BillingTerms.at(askedTier, usage));
    }

    /** @return whether the model says in it that it has finished */
    boolean onChunk(StreamChunk chunk) {
        boolean finishes = false;
        delivered.add(chunk);
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.UsageReported told) {
                reported = told.usage();
                counted = finished;
            } else if (event instanceof StreamEvent.Finished) {
                finished = true;
                finishes = true;
            }
        }
        return finishes;
    }

    /** Counts an answer that came at once, in case that the provider does not. */
    public void onCompleteAnswer(ChatAnswer answer) {
        reported = answer.usage();
        if (reported == null) {
            AnswerStream told = new AnswerStream(answer);
            for (StreamChunk chunk = told.next(); chunk != null; chunk = told.next()) {
                delivered.add(chunk);
            }
        }
    }

    /** The tokens as the provider counts them; null when it told none. */
    public void onUsage(Usage usage) {
        reported = usage;
    }

    /** Whether the model has finished, and its provider has not yet said what it took. */
    boolean isUsageMissing() {
        return finished && !counted;
    }

    /**
     * @param after the beginning of the try that brought it; only the first content counts. @return whether it is the
     *     first
     */
    boolean onContent(Duration after) {
        boolean first = firstToken == null;
        firstToken = first ? after : firstToken;
        return first;
    }

    /** The stream ends at a stop sequence, before the provider has counted. @return the tokens until then */
    public Usage onStopSequence() {
        cut = true;
        long written = delivered.tokens();
        return reported != null && reported.output() >= written ? reported : estimate(written);
    }

    /**
     * What this turn is to be paid for. A provider that failed before it said anything has earned nothing; one whose
     * answer broke off, or that the caller left waiting, is taken to have read the request and written what came of it.
     *
     * @param failure null for an answer
     * @param aborted whether we ended the upstream call
     */
    AttemptMetering metering(Duration startedAfter, ProviderException failure, boolean aborted) {
        boolean abandoned = failure != null && failure.kind().terminal() && aborted;
        long written = delivered.tokens();
        boolean told = reported != null && reported.output() >= (failure == null && !cut ? 0 : written);
        Usage usage = reported;
        if (!told) {
            usage = failure == null || abandoned || written > 0 ? estimate(written) : null;
        }
        if (usage == null) {
            return new AttemptMetering(startedAfter, firstToken, null, false, 0L);
        }
        Usage billed = BillingTerms.at(askedTier, usage).billed();
        return new AttemptMetering(startedAfter, firstToken, billed, !told, terms.cost(billed));
    }

    private Usage estimate(long written) {
        return reported != null && reported.input() > 0
                ? new Usage(reported.input(), reported.cached(), reported.cacheWrite(), written, 0, reported.billing())
                : Usage.of(context.analysis().inputTokens(), written);
    }
}
