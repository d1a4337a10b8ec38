package io.camelback.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A cache of earlier answers, used when no model can answer. Exact matches only, never across client keys
 * (docs/failures.md H24). Bounded in memory; an {@link AnswerStore} may keep more. Thread-safe.
 */
public final class AnswerCache {
    private final Cache<String, CachedAnswer> memory;
    private final AnswerStore store;
    private final Clock clock;

    /** @param bytes about how much of the memory it may take */
    public AnswerCache(long bytes, AnswerStore store, Clock clock) {
        this.memory = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String key, CachedAnswer answer) -> 2 * key.length() + answer.weight())
                .executor(Runnable::run)
                .build();
        this.store = store;
        this.clock = clock;
    }

    /** Keeps an answer, if it is one that may be given again. */
    public void keep(String clientKey, String chain, ChatRequest request, ChatAnswer answer) {
        CachedAnswer.of(answer, clock.instant()).ifPresent(stored -> {
            String key = CacheKey.of(clientKey, chain, request);
            memory.put(key, stored);
            store.keep(key, stored);
        });
    }

    /** The answer to the same request, unless it is older than that. */
    public Optional<CachedAnswer> find(String clientKey, String chain, ChatRequest request, Duration oldest) {
        String key = CacheKey.of(clientKey, chain, request);
        CachedAnswer found = memory.getIfPresent(key);
        if (found == null) {
            found = store.find(key).orElse(null);
        }
        return Optional.ofNullable(found)
                .filter(answer -> answer.age(clock.instant()).compareTo(oldest) <= 0);
    }
}
