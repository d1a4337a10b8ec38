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
     * @param door where it came in
     * @param deployment the one that answers; null when none does
     * @param error what the caller was told; null when all went well
     */
    public void record(RequestContext call, String door, Deployment deployment, int status, GatewayError error) {
        if (!call.record()) {
            // Only the last write to the caller can have failed after that, and the log has it.
            return;
        }
        try {
            RequestRecord entry = entry(call, door, deployment, status, error);
            each(
                    call.id(),
                    () -> log.recent().add(entry, call.plan().planned()),
                    () -> log.done(entry),
                    () -> ledger.record(call, entry),
                    () -> call.trace().done(entry));
        } catch (RuntimeException | Error fault) {
            FaultLog.tell(call.id(), fault);
        } finally {
            each(call.id(), call.lifecycle()::done);
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
            RequestContext call, String door, Deployment deployment, int status, GatewayError error) {
        ChatRequest request = call.effectiveRequest();
        RequestComplexity complexity = call.analysis().complexity();
        return new RequestRecord(
                call.id(),
                door,
                call.requestedModel(),
                call.chain(),
                deployment == null ? null : deployment.name(),
                status,
                request != null && request.stream(),
                call.elapsed(),
                complexity == null ? null : complexity.shown(),
                complexity == null ? null : known(complexity.task()),
                error == null ? degraded(call, deployment, config).orElse(null) : null,
                call.trail().attempts(),
                error,
                call.trail().escalations());
    }

    /** The request is held until a link can be asked again. */
    public void waiting(RequestContext call) {
        log.waiting(call.id(), call.chain());
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
    public static Optional<String> degraded(RequestContext call, Deployment deployment, CamelbackConfig config) {
        if (call.degradation().level() != null) {
            return Optional.of(call.degradation().level());
        }
        return Optional.ofNullable(deployment)
                .filter(answering -> isBelowRequestedTier(call, answering, config))
                .map(answering -> answering.tier() == Deployment.LAST_RESORT ? "basic" : "reduced");
    }

    /** Whether a lower tier answers than the chain's first link would have. */
    private static boolean isBelowRequestedTier(RequestContext call, Deployment deployment, CamelbackConfig config) {
        Optional<Deployment> first = call.trail().first().flatMap(config::deployment);
        return first.isPresent() && deployment.tier() > first.get().tier();
    }
}
