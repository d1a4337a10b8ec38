package io.camelback.camel.kamelet;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Reply;
import io.camelback.config.CamelbackConfig;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.quality.CheckPool;
import io.camelback.quality.QualityPolicy;
import io.camelback.quality.QualityVerdict;
import io.camelback.quality.WorkBudget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds each answer against its chain's quality floor before it counts. The first that misses it is put aside, and the
 * next link is asked; the second is given to the caller whatever it is, with a header that says so. One that cannot be
 * judged is given to the caller, too, and marked.
 */
public final class QualityFilter {
    private final Map<String, QualityPolicy> floors = new HashMap<>();
    private final CheckPool pool;

    /** @param pool where checks run that may take more than a moment */
    public QualityFilter(CamelbackConfig config, CheckPool pool) {
        this.pool = pool;
        config.chains().forEach((chain, settings) -> {
            if (settings.quality().any()) {
                floors.put(chain, new QualityPolicy(settings.quality()));
            }
        });
        if (config.chains().values().stream()
                .anyMatch(settings -> settings.quality().jsonSchema())) {
            pool.warm();
        }
    }

    private Optional<QualityPolicy> floor(RequestContext context) {
        ChatRequest request = context.effectiveRequest();
        return Optional.ofNullable(context.chain())
                .map(floors::get)
                .filter(floor -> request != null && floor.appliesTo(request));
    }

    /** Whether the whole of an answer must be here before any of it goes on. */
    boolean applies(RequestContext context) {
        return floor(context).isPresent();
    }

    /**
     * @param answer what the model said
     * @param reply what the caller would get
     * @throws ProviderException when somebody else shall be asked
     */
    void check(ProviderAttempt attempt, ChatAnswer answer, Reply reply) {
        RequestContext context = attempt.context();
        floor(context).ifPresent(floor -> {
            boolean first = !context.degradation().hasHeldAnswer();
            if (first) {
                floor.asked();
            }
            QualityVerdict verdict = judge(floor, context, answer);
            if (verdict.isMiss() && first && !context.noFallback() && floor.mayEscalate()) {
                hold(attempt, reply);
                throw new ProviderException(
                        FailureKind.QUALITY, 200, "below_quality_floor", "below the floor: " + verdict.why(), null);
            }
            context.degradation().judged(verdict);
            if (verdict.isUnjudged()) {
                attempt.recorder().unjudged();
            }
        });
    }

    /**
     * An answer of reasoning alone, in every mode that holds it back: the first is put aside and the next link asked;
     * where nobody does better the caller gets it, marked. What was thought is never told as the answer.
     *
     * @throws ProviderException when somebody else shall be asked
     */
    void thoughtOnly(ProviderAttempt attempt, Reply reply) {
        RequestContext context = attempt.context();
        QualityVerdict verdict = QualityVerdict.missed("reasoning without an answer");
        if (!context.degradation().hasHeldAnswer() && !context.noFallback()) {
            hold(attempt, reply);
            throw new ProviderException(FailureKind.QUALITY, 200, "reasoning_only", verdict.why(), null);
        }
        context.degradation().judged(verdict);
    }

    private static void hold(ProviderAttempt attempt, Reply reply) {
        attempt.context().degradation().holdAnswer(exchange -> {
            exchange.setVariable(ProviderAttempt.VARIABLE, attempt);
            exchange.getMessage().setBody(reply);
        });
    }

    private QualityVerdict judge(QualityPolicy floor, RequestContext context, ChatAnswer answer) {
        ChatRequest request = context.effectiveRequest();
        return floor.takesWork()
                ? pool.judge(
                        floor.deadline(), budget -> floor.judge(request, answer, budget), context.lifecycle()::onCancel)
                : floor.judge(request, answer, WorkBudget.unlimited());
    }
}
