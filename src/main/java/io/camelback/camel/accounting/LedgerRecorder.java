package io.camelback.camel.accounting;

import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.budget.BudgetPolicy;
import io.camelback.camel.request.ExplainResponseWriter;
import io.camelback.camel.request.IdempotentRequest;
import io.camelback.camel.request.RequestContext;
import io.camelback.classification.RequestComplexity;
import io.camelback.idempotency.StoredReply;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.EscalationRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerRow;
import io.camelback.ledger.ReplayRow;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import io.camelback.telemetry.record.RequestRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Enters requests, their attempts and their replays in the ledger, as one version of the configuration has it. */
public final class LedgerRecorder {
    /** How long the end of an answer waits until it is in the ledger. */
    private static final Duration ROWS_WAIT = Duration.ofMillis(250);

    private final Ledger ledger;
    private final BudgetPolicy policy;
    private final int revision;
    private final Clock clock;

    /**
     * @param ledger null when none is kept
     * @param policy says which layer a deployment belongs to
     * @param revision the number of the configuration's version, from 1
     */
    public LedgerRecorder(Ledger ledger, BudgetPolicy policy, int revision, Clock clock) {
        this.ledger = ledger;
        this.policy = policy;
        this.revision = revision;
        this.clock = clock;
    }

    /**
     * A request is done, and its answer is about to end. Its rows are in the ledger then, unless that takes too long:
     * whoever has the whole answer finds it there, even if this process dies at once.
     */
    void record(RequestContext context, RequestRecord request) {
        if (ledger == null) {
            return;
        }
        RequestRef about = requestRef(context);
        long began = began(request.took());
        List<LedgerRow> rows = new ArrayList<>();
        StringJoiner order = new StringJoiner(" ");
        for (AttemptResult attempt : request.attempts()) {
            String id = context.recordedAttempts().row(attempt).orElseGet(ledger::nextId);
            order.add(id.substring(id.indexOf('-') + 1));
            if (context.recordedAttempts().row(attempt).isEmpty()) {
                rows.add(row(id, attempt, about(context, about, attempt), began));
            }
        }
        request.escalations()
                .forEach(one -> rows.add(new EscalationRow(
                        ledger.nextId(), began, about, one.layer(), one.trigger(), ledger.gateway(), one.before())));
        rows.add(new RequestRow(
                ledger.nextId(),
                began,
                about,
                request.endpoint(),
                request.asked(),
                context.trail().first().orElse(null),
                request.deployment(),
                request.deployment() == null
                        ? null
                        : policy.layerOf(request.deployment()).orElse(null),
                request.status(),
                request.error() == null ? null : request.error().code(),
                request.streamed(),
                request.took().toMillis(),
                context.trail().tried(),
                request.degraded(),
                request.microDollars().orElse(null),
                ledger.gateway(),
                order.toString(),
                ExplainResponseWriter.text(context.plan().planned())));
        ledger.write(rows, ROWS_WAIT);
    }

    /** A request was given the answer of an earlier one. Never waits for the ledger. */
    void replayed(IdempotentRequest asking, StoredReply reply, String deployment) {
        if (ledger != null) {
            RequestRef about = new RequestRef(asking.id(), asking.clientKey(), asking.chain(), null, null, revision);
            ledger.add(new ReplayRow(
                    ledger.nextId(),
                    clock.millis(),
                    about,
                    reply.requestId(),
                    asking.endpointName(),
                    deployment,
                    reply.status(),
                    ledger.gateway()));
        }
    }

    /** Of several chains that the caller named, an attempt belongs to the one that led to it. */
    private static RequestRef about(RequestContext context, RequestRef about, AttemptResult attempt) {
        return context.callerChain() == null
                ? about
                : about.withChain(context.callerChain().chainOf(attempt.deployment()));
    }

    /** What the rows of a request have in common. */
    RequestRef requestRef(RequestContext context) {
        RequestComplexity complexity = context.analysis().complexity();
        return new RequestRef(
                context.id(),
                context.clientKey(),
                context.chain(),
                complexity == null ? null : complexity.task(),
                complexity == null
                        ? null
                        : Integer.valueOf(complexity.shown().movePointRight(1).intValue()),
                revision);
    }

    /** The rows of one deployment's tries, and their ids. @param lastId the id of the last one */
    List<AttemptRow> attemptRows(RequestContext context, RequestRef about, List<AttemptResult> tries, String lastId) {
        long began = began(context.elapsed());
        List<AttemptRow> rows = new ArrayList<>();
        for (AttemptResult attempt : tries) {
            boolean last = rows.size() == tries.size() - 1;
            rows.add(row(last ? lastId : ledger.nextId(), attempt, about, began));
        }
        return rows;
    }

    private long began(Duration ago) {
        return clock.millis() - ago.toMillis();
    }

    private AttemptRow row(String id, AttemptResult attempt, RequestRef about, long began) {
        AttemptMetering metered = attempt.metering();
        Long after = metered.startedAfter() == null
                ? null
                : Long.valueOf(metered.startedAfter().toMillis());
        return new AttemptRow(
                id,
                after == null ? began : began + after,
                about,
                attempt.deployment(),
                policy.layerOf(attempt.deployment()).orElse(null),
                attempt.outcome().name().toLowerCase(Locale.ROOT),
                attempt.detail(),
                attempt.failure() == null
                        ? null
                        : attempt.failure().kind().name().toLowerCase(Locale.ROOT),
                attempt.status(),
                after,
                metered.firstToken() == null
                        ? null
                        : Long.valueOf(metered.firstToken().toMillis()),
                attempt.duration().toMillis(),
                metered.usage(),
                new AttemptRow.Flags(
                        metered.estimated(), attempt.has(AttemptResult.Mark.RESENT), attempt.possiblyBilled()),
                metered.microDollars(),
                ledger.gateway(),
                attempt.failure() == null ? null : attempt.failure().providerMessage());
    }
}
