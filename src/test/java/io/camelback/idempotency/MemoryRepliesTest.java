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
class MemoryRepliesTest {
    private static final Duration DAY = Duration.ofHours(24);
    private final MemoryReplies store = new MemoryReplies(10 << 10, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void K20_a_key_is_one_request_s_until_it_is_answered_or_let_go() {
        Claim.Won first = won("key");
        assertThat(store.claim("key", "print")).isInstanceOf(Claim.UnderWay.class);
        assertThat(store.claim("key", "other")).isInstanceOf(Claim.Differs.class);
        store.release(first);
        Claim.Won second = won("key");
        store.release(first);
        store.keep(first, reply(10), DAY);
        assertThat(store.claim("key", "print")).isInstanceOf(Claim.UnderWay.class);

        store.keep(second, reply(10), DAY);

        assertThat(store.claim("key", "print")).isInstanceOf(Claim.Answered.class);
        assertThat(store.claim("key", "other")).isInstanceOf(Claim.Differs.class);
    }

    @Test
    void K20_the_oldest_replies_make_room_and_never_a_request_under_way() {
        Claim.Won running = won("running");
        for (int i = 0; i < 5; i++) {
            store.keep(won("key-" + i), reply(2 << 10), DAY);
        }

        assertThat(store.claim("key-4", "print")).isInstanceOf(Claim.Answered.class);
        assertThat(store.claim("key-2", "print")).isInstanceOf(Claim.Answered.class);
        assertThat(store.claim("key-1", "print")).isInstanceOf(Claim.Won.class);
        assertThat(store.claim("running", "print")).isInstanceOf(Claim.UnderWay.class);
        store.keep(running, reply(20 << 10), DAY);
        assertThat(store.claim("running", "print")).as("larger than all the room there is").isInstanceOf(Claim.Won.class);
    }

    @Test
    void K20_a_reply_is_forgotten_in_time() {
        store.keep(won("key"), reply(10), Duration.ZERO);

        assertThat(store.claim("key", "print")).isInstanceOf(Claim.Won.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"200, true", "400, true", "404, true", "413, true", "422, true", "401, false", "408, false", "409, false", "429, false",
        "499, false", "500, false", "502, false", "503, false", "504, false", "529, false"})
    void K20_the_last_word_is_a_success_or_the_request_s_own_fault(int status, boolean last) {
        assertThat(KeptReply.isFinal(status)).isEqualTo(last);
    }

    @Test
    void no_value_of_a_fingerprint_looks_like_another_s_end() {
        assertThat(Fingerprint.of("ab").and("c").hex()).isNotEqualTo(Fingerprint.of("a").and("bc").hex()).hasSize(64);
        assertThat(Fingerprint.of(null).and("").hex()).isNotEqualTo(Fingerprint.of("").and((String) null).hex());
        assertThat(Fingerprint.of("a").and("1:b").hex()).isNotEqualTo(Fingerprint.of("a").and("1").and("b").hex());
    }

    private Claim.Won won(String key) {
        Claim claim = store.claim(key, "print");
        assertThat(claim).isInstanceOf(Claim.Won.class);
        return (Claim.Won) claim;
    }

    private static KeptReply reply(int bytes) {
        return new KeptReply("req_1", Instant.EPOCH, 200, "application/json", Map.of(), new byte[bytes]);
    }
}
