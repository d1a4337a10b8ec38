package io.camelback.camel;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Reply;
import io.camelback.config.CamelbackConfig;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import io.camelback.quality.Floor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds each answer against its chain's quality floor before it counts. The first that misses it is put aside, and the next link
 * is asked; the second is given to the caller whatever it is, with a header that says so.
 */
final class QualityGate {
    private final Map<String, Floor> floors = new HashMap<>();

    QualityGate(CamelbackConfig config) {
        config.chains().forEach((chain, settings) -> {
            if (settings.quality().any()) {
                floors.put(chain, new Floor(settings.quality()));
            }
        });
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
            Optional<String> miss = floor.miss(call.request(), answer);
            if (miss.isPresent() && first && !call.noFallback() && floor.mayEscalate()) {
                call.secondBest().putAside(attempt, reply);
                throw new ProviderFailure(FailureKind.QUALITY, 200, "below_quality_floor", "below the floor: " + miss.get(), null);
            }
            call.secondBest().belowFloor(miss.isPresent());
        });
    }
}
