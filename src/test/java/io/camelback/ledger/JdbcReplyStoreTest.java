package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.idempotency.IdempotencyClaim;
import io.camelback.idempotency.ReplyStore;
import io.camelback.idempotency.StoredReply;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.ManualClock;
import io.camelback.testkit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims and replies beside a ledger, in a file and in a server. */
class JdbcReplyStoreTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);
    private static final StoredReply REPLY = new StoredReply(
            "req_1",
            Instant.ofEpochMilli(5),
            200,
            "text/event-stream; charset=utf-8",
            Map.of("x-camelback-model", "gpt"),
            "data: {\"a\":\"\u00fc\u0000\"}\n\n".getBytes(StandardCharsets.UTF_8));

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final List<Ledger> open = new ArrayList<>();

    private enum Kind {
        FILE,
        SERVER
    }

    private Ledger ledger(Kind kind) {
        Ledger ledger = Ledger.open(
                kind == Kind.FILE ? SqliteDatabase.open(folder.resolve("ledger.db"), clock) : server.open(4, MAX_WAIT),
                new Random());
        open.add(ledger);
        return ledger;
    }

    @AfterEach
    void close() {
        open.forEach(Ledger::close);
    }

    @ParameterizedTest
    @EnumSource
    void K20_a_key_is_one_request_s_until_it_is_answered(Kind kind) {
        ReplyStore store = ledger(kind).replies(MAX_WAIT, clock);
        IdempotencyClaim.Acquired won = won(store.claim("key", "print"));

        assertThat(store.claim("key", "print")).isInstanceOf(IdempotencyClaim.InProgress.class);
        assertThat(store.claim("key", "other")).isInstanceOf(IdempotencyClaim.Mismatch.class);
        assertThat(store.claim("another", "print")).isInstanceOf(IdempotencyClaim.Acquired.class);
        store.keep(won, REPLY, DAY);

        assertThat(store.claim("key", "other")).isInstanceOf(IdempotencyClaim.Mismatch.class);
        assertThat(((IdempotencyClaim.Answered) store.claim("key", "print")).reply())
                .usingRecursiveComparison()
                .isEqualTo(REPLY);
    }

    @ParameterizedTest
    @EnumSource
    void K20_a_key_that_was_let_go_is_the_next_one_s_and_no_longer_the_first_one_s(Kind kind) {
        ReplyStore store = ledger(kind).replies(MAX_WAIT, clock);
        IdempotencyClaim.Acquired first = won(store.claim("key", "print"));
        store.release(first);
        IdempotencyClaim.Acquired second = won(store.claim("key", "print"));

        store.keep(first, REPLY, DAY);
        store.release(first);

        assertThat(store.claim("key", "print")).isInstanceOf(IdempotencyClaim.InProgress.class);
        store.keep(second, REPLY.withoutBody(), DAY);
        assertThat(((IdempotencyClaim.Answered) store.claim("key", "print"))
                        .reply()
                        .whole())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void K20_after_a_day_the_key_is_free_and_its_row_is_swept(Kind kind) {
        Ledger ledger = ledger(kind);
        ReplyStore store = ledger.replies(MAX_WAIT, clock);
        store.keep(won(store.claim("key", "print")), REPLY, DAY);
        store.keep(won(store.claim("another", "print")), REPLY, DAY.plusMillis(1));
        clock.advance(DAY);

        assertThat(forget(ledger, clock.millis() - 1)).isZero();
        IdempotencyClaim.Acquired again = won(store.claim("key", "other"));
        store.release(again);
        clock.set(clock.instant().plusMillis(1));
        assertThat(forget(ledger, clock.millis())).isEqualTo(1);
        assertThat(LedgerSamples.count(ledger, "camelback_reply")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void K20_of_two_hundred_claims_at_once_one_wins(Kind kind) throws Exception {
        List<ReplyStore> stores = new ArrayList<>();
        stores.add(ledger(kind).replies(MAX_WAIT, clock));
        stores.add(kind == Kind.SERVER ? ledger(kind).replies(MAX_WAIT, clock) : stores.get(0));
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            for (String key : List.of("new", "left by the dead")) {
                if (!key.equals("new")) {
                    won(stores.get(0).claim(key, "print"));
                    sql("UPDATE camelback_reply SET gateway = 'ghost' WHERE request_key = '" + key + "'");
                }
                List<CompletableFuture<IdempotencyClaim>> all = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    ReplyStore store = stores.get(i % 2);
                    all.add(CompletableFuture.supplyAsync(() -> store.claim(key, "print"), callers));
                }

                assertThat(all.stream()
                                .map(CompletableFuture::join)
                                .filter(IdempotencyClaim.Acquired.class::isInstance))
                        .as(key)
                        .hasSize(1);
            }
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void K20_what_a_gateway_left_open_that_gives_no_sign_of_life_is_free_after_thirty_seconds() {
        Ledger ledger = ledger(Kind.SERVER);
        ReplyStore store = ledger.replies(MAX_WAIT, clock);
        won(store.claim("key", "print"));
        sql("UPDATE camelback_reply SET gateway = 'other'");
        sql("INSERT INTO camelback_gateway (gateway, seen) SELECT 'other', seen - 20000 FROM camelback_gateway");
        assertThat(claim(ledger, true)).isInstanceOf(IdempotencyClaim.InProgress.class);
        sql("UPDATE camelback_gateway SET seen = seen - 20000 WHERE gateway = 'other'");

        assertThat(claim(ledger, false))
                .as("the database was away: maybe it could not say so")
                .isInstanceOf(IdempotencyClaim.InProgress.class);
        won(claim(ledger, true));
    }

    private IdempotencyClaim claim(Ledger ledger, boolean steady) {
        ReplyDao.Asking asking = new ReplyDao.Asking(
                "key", "print", ledger.nextId(), ledger.gateway(), true, steady, clock.millis(), clock.millis() + 1);
        return ledger.database().write(connection -> ReplyDao.claim(connection, asking));
    }

    @Test
    void a_ledger_is_steady_after_two_signs_of_life_and_not_when_it_has_just_failed() {
        Ledger ledger = ledger(Kind.FILE);
        assertThat(ledger.steady()).isFalse();
        clock.set(clock.instant().plusSeconds(10));
        ledger.heartbeat();
        assertThat(ledger.steady()).isTrue();

        ledger.markFailed(new LedgerUnavailableException("gone", null));

        assertThat(ledger.steady()).isFalse();
    }

    @Test
    void K20_an_answer_outlives_a_restart_and_a_claim_does_not() {
        Ledger before = ledger(Kind.FILE);
        ReplyStore store = before.replies(MAX_WAIT, clock);
        store.keep(won(store.claim("answered", "print")), REPLY, DAY);
        won(store.claim("under way", "print"));
        before.close();
        open.clear();

        ReplyStore after = ledger(Kind.FILE).replies(MAX_WAIT, clock);

        assertThat(after.claim("answered", "print")).isInstanceOf(IdempotencyClaim.Answered.class);
        won(after.claim("under way", "print"));
    }

    @Test
    void K20_a_database_that_hangs_refuses_in_time_and_leaves_no_key_taken() throws Exception {
        Ledger ledger = ledger(Kind.FILE);
        ReplyStore store = ledger.replies(Duration.ofMillis(50), clock);
        CountDownLatch over = new CountDownLatch(1);
        LedgerSamples.hang(ledger, over);

        assertThatThrownBy(() -> store.claim("key", "print"))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("longer than 50 ms");

        assertThat(ledger.problem()).isPresent();
        over.countDown();
        LedgerSamples.soon(() -> won(store.claim("key", "print")));
    }

    @Test
    void K20_an_answer_that_cannot_be_written_is_written_when_there_is_room() {
        Ledger ledger = ledger(Kind.FILE);
        ReplyStore store = ledger.replies(MAX_WAIT, clock);
        IdempotencyClaim.Acquired won = won(store.claim("key", "print"));
        StoredReply large =
                new StoredReply("req_1", clock.instant(), 200, "application/json", Map.of(), new byte[1 << 20]);
        sql("PRAGMA max_page_count = " + LedgerSamples.number(ledger, "PRAGMA page_count"));

        store.keep(won, large, DAY);

        assertThat(ledger.problem()).isPresent();
        assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_reply WHERE status IS NULL"))
                .isEqualTo(1);
        sql("PRAGMA max_page_count = 1000000");
        LedgerSamples.soon(() -> assertThat(store.claim("key", "print"))
                .isInstanceOfSatisfying(
                        IdempotencyClaim.Answered.class,
                        answered -> assertThat(answered.reply().body()).hasSize(1 << 20)));
    }

    private static int forget(Ledger ledger, long now) {
        return ledger.database().write(connection -> ReplyDao.forget(connection, now));
    }

    private static IdempotencyClaim.Acquired won(IdempotencyClaim claim) {
        assertThat(claim).isInstanceOf(IdempotencyClaim.Acquired.class);
        return (IdempotencyClaim.Acquired) claim;
    }

    private void sql(String sql) {
        open.get(0).database().write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
