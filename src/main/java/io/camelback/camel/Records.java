package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.idempotency.KeptReply;
import io.camelback.observe.RequestLog;
import io.camelback.observe.RequestRecord;
import io.camelback.routing.Complexity;
import java.util.Optional;

/** Tells the log and the ledger of every request that is done, however it came in. */
final class Records {
    private final CamelbackConfig config;
    private final RequestLog log;
    private final Books books;

    Records(CamelbackConfig config, RequestLog log, Books books) {
        this.config = config;
        this.log = log;
        this.books = books;
    }

    /**
     * @param door       where it came in
     * @param deployment the one that answers; null when none does
     * @param error      what the caller was told; null when all went well
     */
    void done(Call call, String door, Deployment deployment, int status, GatewayError error) {
        if (!call.record()) {
            // Only the last write to the caller can have failed after that, and the log has it.
            return;
        }
        try {
            RequestRecord entry = entry(call, door, deployment, status, error);
            each(call.id(), () -> log.recent().add(entry, call.plan().planned()), () -> log.done(entry), () -> books.done(call, entry),
                    () -> call.trace().done(entry));
        } catch (RuntimeException | Error fault) {
            FaultLog.tell(call.id(), fault);
        } finally {
            each(call.id(), call::done);
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

    private RequestRecord entry(Call call, String door, Deployment deployment, int status, GatewayError error) {
        ChatRequest request = call.request();
        Complexity complexity = call.complexity();
        return new RequestRecord(call.id(), door, call.asked(), call.chain(), deployment == null ? null : deployment.name(),
                status, request != null && request.stream(), call.elapsed(), complexity == null ? null : complexity.shown(),
                complexity == null ? null : known(complexity.task()),
                error == null ? degraded(call, deployment, config).orElse(null) : null, call.trail().attempts(), error,
                call.trail().escalations());
    }

    /** The request is held until a link can be asked again. */
    void waiting(Call call) {
        log.waiting(call.id(), call.chain());
    }

    /** A kind of task that the configuration has a word for, or {@code other}: a caller may say anything. */
    private String known(String task) {
        boolean ours = task == null || config.routing().tasks().containsKey(task)
                || config.deployments().values().stream().anyMatch(deployment -> deployment.useFor().contains(task));
        return ours ? task : "other";
    }

    /** A request that was given the answer of an earlier one. */
    void replayed(Once.Asking asking, KeptReply reply) {
        String deployment = reply.headers().get("x-camelback-model");
        log.replayed(asking.id(), asking.entrance(), asking.chain(), reply.status(), deployment, reply.requestId());
        books.replayed(asking, reply, deployment);
    }

    /** A request that never became a call. */
    void refused(String id, GatewayError error) {
        log.refused(id, error);
    }

    /**
     * How far the answer is below what was asked for; empty when it is not.
     *
     * @param deployment the one that answers; null when no model does
     */
    static Optional<String> degraded(Call call, Deployment deployment, CamelbackConfig config) {
        if (call.secondBest().level() != null) {
            return Optional.of(call.secondBest().level());
        }
        return Optional.ofNullable(deployment).filter(answering -> belowAskedTier(call, answering, config))
                .map(answering -> answering.tier() == Deployment.LAST_RESORT ? "basic" : "reduced");
    }

    /** Whether a lower tier answers than the chain's first link would have. */
    private static boolean belowAskedTier(Call call, Deployment deployment, CamelbackConfig config) {
        Optional<Deployment> first = call.trail().first().flatMap(config::deployment);
        return first.isPresent() && deployment.tier() > first.get().tier();
    }
}
