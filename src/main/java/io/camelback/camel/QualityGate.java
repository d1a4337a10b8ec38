package io.camelback.camel;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Reply;
import io.camelback.config.CamelbackConfig;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import io.camelback.quality.CheckPool;
import io.camelback.quality.Floor;
import io.camelback.quality.Verdict;
import io.camelback.quality.WorkBudget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds each answer against its chain's quality floor before it counts. The first that misses it is put aside, and the next link
 * is asked; the second is given to the caller whatever it is, with a header that says so. One that cannot be judged is given
 * to the caller, too, and marked.
 */
final class QualityGate {
    private final Map<String, Floor> floors = new HashMap<>();
    private final CheckPool pool;

    /** @param pool where checks run that may take more than a moment */
    QualityGate(CamelbackConfig config, CheckPool pool) {
        this.pool = pool;
        config.chains().forEach((chain, settings) -> {
            if (settings.quality().any()) {
                floors.put(chain, new Floor(settings.quality()));
            }
        });
        if (config.chains().values().stream().anyMatch(settings -> settings.quality().jsonSchema())) {
            pool.warm();
        }
    }

    private Optional<Floor> floor(Call call) {
        ChatRequest request = call.request();
        return Optional.ofNullable(call.chain()).map(floors::get).filter(floor -> request != null && floor.appliesTo(request));
    }

    /** Whether the whole of an answer must be here before any of it goes on. */
    boolean applies(Call call) {
        return floor(call).isPresent();
    }

    /**
     * @param answer what the model said
     * @param reply  what the caller would get
     * @throws ProviderFailure when somebody else shall be asked
     */
    void check(LiveAttempt attempt, ChatAnswer answer, Reply reply) {
        Call call = attempt.call();
        floor(call).ifPresent(floor -> {
            boolean first = call.secondBest().putAside() == null;
            if (first) {
                floor.asked();
            }
            Verdict verdict = judge(floor, call, answer);
            if (verdict.isMiss() && first && !call.noFallback() && floor.mayEscalate()) {
                call.secondBest().putAside(attempt, reply);
                throw new ProviderFailure(FailureKind.QUALITY, 200, "below_quality_floor", "below the floor: " + verdict.why(), null);
            }
            call.secondBest().judged(verdict);
            if (verdict.isUnjudged()) {
                attempt.notes().unjudged();
            }
        });
    }

    private Verdict judge(Floor floor, Call call, ChatAnswer answer) {
        ChatRequest request = call.request();
        return floor.takesWork() ? pool.judge(floor.deadline(), budget -> floor.judge(request, answer, budget), call::onCancel)
                : floor.judge(request, answer, WorkBudget.unlimited());
    }
}
