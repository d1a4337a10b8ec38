package io.camelback.camel.accounting;

import io.camelback.camel.request.FaultLog;
import io.camelback.camel.request.IdempotentRequest;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.classification.RequestComplexity;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.idempotency.StoredReply;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.RequestRecord;
import java.util.Optional;

/** Tells the log and the ledger of every request that is done, however it came in. */
public final class RequestRecorder {
    private final CamelbackConfig config;
    private final RequestLog log;
    private final LedgerRecorder ledger;

    public RequestRecorder(CamelbackConfig config, RequestLog log, LedgerRecorder ledger) {
        this.config = config;
        this.log = log;
        this.ledger = ledger;
    }

    /**
     * @param endpoint where it came in
     * @param deployment the one that answers; null when none does
     * @param error what the caller was told; null when all went well
     */
    public void record(RequestContext context, String endpoint, Deployment deployment, int status, GatewayError error) {
        if (!context.record()) {
            // Only the last write to the caller can have failed after that, and the log has it.
            return;
        }
        try {
            RequestRecord entry = entry(context, endpoint, deployment, status, error);
            each(
                    context.id(),
                    () -> log.recent().add(entry, context.plan().planned()),
                    () -> log.done(entry),
                    () -> ledger.record(context, entry),
                    () -> context.trace().done(entry));
        } catch (RuntimeException | Error fault) {
            FaultLog.tell(context.id(), fault);
        } finally {
            each(context.id(), context.lifecycle()::done);
        }
    }

    /** The caller has its answer already: what one record cannot take must not keep it from the others. */
    private static void each(String requestId, Runnable... records) {
        for (Runnable one : records) {
            try {
                one.run();
            } catch (RuntimeException | Error fault) {
                FaultLog.tell(requestId, fault);
            }
        }
    }

    private RequestRecord entry(
            RequestContext context, String endpoint, Deployment deployment, int status, GatewayError error) {
        ChatRequest request = context.effectiveRequest();
        RequestComplexity complexity = context.analysis().complexity();
        return new RequestRecord(
                context.id(),
                endpoint,
                context.requestedModel(),
                context.chain(),
                deployment == null ? null : deployment.name(),
                status,
                request != null && request.stream(),
                context.elapsed(),
                complexity == null ? null : complexity.shown(),
                complexity == null ? null : known(complexity.task()),
                error == null ? degraded(context, deployment, config).orElse(null) : null,
                context.trail().attempts(),
                error,
                context.trail().escalations());
    }

    /** The request is held until a link can be asked again. */
    public void waiting(RequestContext context) {
        log.waiting(context.id(), context.chain());
    }

    /** A kind of task that the configuration has a word for, or {@code other}: a caller may say anything. */
    private String known(String task) {
        boolean ours = task == null
                || config.routing().tasks().containsKey(task)
                || config.deployments().values().stream()
                        .anyMatch(deployment -> deployment.useFor().contains(task));
        return ours ? task : "other";
    }

    /** A request that was given the answer of an earlier one. */
    public void replayed(IdempotentRequest asking, StoredReply reply) {
        String deployment = reply.headers().get("x-camelback-model");
        log.replayed(asking.id(), asking.endpointName(), asking.chain(), reply.status(), deployment, reply.requestId());
        ledger.replayed(asking, reply, deployment);
    }

    /** A request that never became a call. */
    public void refused(String id, GatewayError error) {
        log.refused(id, error);
    }

    /**
     * How far the answer is below what was asked for; empty when it is not.
     *
     * @param deployment the one that answers; null when no model does
     */
    public static Optional<String> degraded(RequestContext context, Deployment deployment, CamelbackConfig config) {
        if (context.degradation().level() != null) {
            return Optional.of(context.degradation().level());
        }
        return Optional.ofNullable(deployment)
                .filter(answering -> isBelowRequestedTier(context, answering, config))
                .map(answering -> answering.tier() == Deployment.LAST_RESORT ? "basic" : "reduced");
    }

    /** Whether a lower tier answers than the chain's first link would have. */
    private static boolean isBelowRequestedTier(RequestContext context, Deployment deployment, CamelbackConfig config) {
        Optional<Deployment> first = context.trail().first().flatMap(config::deployment);
        return first.isPresent() && deployment.tier() > first.get().tier();
    }
}
