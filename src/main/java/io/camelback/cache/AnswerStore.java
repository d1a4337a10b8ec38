package io.camelback.cache;

import java.util.Optional;

/** Stores cached answers outside this process. Neither method throws: without the store, memory is all there is. */
public interface AnswerStore {
    AnswerStore NONE = new AnswerStore() {
        @Override
        public Optional<CachedAnswer> find(String key) {
            return Optional.empty();
        }

        @Override
        public void keep(String key, CachedAnswer answer) {
            // Memory is all there is.
        }
    };

    /** Waits a moment for it, and no longer: a caller is waiting, too. */
    Optional<CachedAnswer> find(String key);

    /** Later, off the request's path. */
    void keep(String key, CachedAnswer answer);
}
