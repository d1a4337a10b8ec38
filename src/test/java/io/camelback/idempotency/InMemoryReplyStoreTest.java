package io.camelback.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies without a ledger, what is final, and what tells requests apart. */
class InMemoryReplyStoreTest {
    private static final Duration DAY = Duration.ofHours(24);
    private final InMemoryReplyStore store =
            new InMemoryReplyStore(10 << 10, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void K20_a_key_is_one_request_s_until_it_is_answered_or_let_go() {
        IdempotencyClaim.Acquired first = won("key");
        assertThat(store.claim("key", "print")).isInstanceOf(IdempotencyClaim.InProgress.class);
        assertThat(store.claim("key", "other")).isInstanceOf(IdempotencyClaim.Mismatch.class);
        store.release(first);
        IdempotencyClaim.Acquired second = won("key");
        store.release(first);
        store.keep(first, reply(10), DAY);
        assertThat(store.claim("key", "print")).isInstanceOf(IdempotencyClaim.InProgress.class);

        store.keep(second, reply(10), DAY);

        assertThat(store.claim("key", "print")).isInstanceOf(IdempotencyClaim.Answered.class);
        assertThat(store.claim("key", "other")).isInstanceOf(IdempotencyClaim.Mismatch.class);
    }

    @Test
    void K20_the_oldest_replies_make_room_and_never_a_request_under_way() {
        IdempotencyClaim.Acquired running = won("running");
        for (int i = 0; i < 5; i++) {
            store.keep(won("key-" + i), reply(2 << 10), DAY);
        }

        assertThat(store.claim("key-4", "print")).isInstanceOf(IdempotencyClaim.Answered.class);
        assertThat(store.claim("key-2", "print")).isInstanceOf(IdempotencyClaim.Answered.class);
        assertThat(store.claim("key-1", "print")).isInstanceOf(IdempotencyClaim.Acquired.class);
        assertThat(store.claim("running", "print")).isInstanceOf(IdempotencyClaim.InProgress.class);
        store.keep(running, reply(20 << 10), DAY);
        assertThat(store.claim("running", "print"))
                .as("larger than all the room there is")
                .isInstanceOf(IdempotencyClaim.Acquired.class);
    }

    @Test
    void K20_a_reply_is_forgotten_in_time() {
        store.keep(won("key"), reply(10), Duration.ZERO);

        assertThat(store.claim("key", "print")).isInstanceOf(IdempotencyClaim.Acquired.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "200, true",
        "400, true",
        "404, true",
        "413, true",
        "422, true",
        "401, false",
        "408, false",
        "409, false",
        "429, false",
        "499, false",
        "500, false",
        "502, false",
        "503, false",
        "504, false",
        "529, false"
    })
    void K20_the_last_word_is_a_success_or_the_request_s_own_fault(int status, boolean last) {
        assertThat(StoredReply.isFinal(status)).isEqualTo(last);
    }

    @Test
    void no_value_of_a_fingerprint_looks_like_another_s_end() {
        assertThat(RequestFingerprint.of("ab").and("c").hex())
                .isNotEqualTo(RequestFingerprint.of("a").and("bc").hex())
                .hasSize(64);
        assertThat(RequestFingerprint.of(null).and("").hex())
                .isNotEqualTo(RequestFingerprint.of("").and((String) null).hex());
        assertThat(RequestFingerprint.of("a").and("1:b").hex())
                .isNotEqualTo(RequestFingerprint.of("a").and("1").and("b").hex());
    }

    private IdempotencyClaim.Acquired won(String key) {
        IdempotencyClaim claim = store.claim(key, "print");
        assertThat(claim).isInstanceOf(IdempotencyClaim.Acquired.class);
        return (IdempotencyClaim.Acquired) claim;
    }

    private static StoredReply reply(int bytes) {
        return new StoredReply("req_1", Instant.EPOCH, 200, "application/json", Map.of(), new byte[bytes]);
    }
}
