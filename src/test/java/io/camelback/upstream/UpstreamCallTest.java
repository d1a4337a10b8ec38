package io.camelback.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which timer ends a call, on a clock that the test moves. Connect 1, TLS 2, headers 5, first token 8, idle 15, total
 * 60.
 */
class UpstreamCallTest {
    private static final CallTimers TIMERS =
            new CallTimers(seconds(1), seconds(2), seconds(5), seconds(8), seconds(15), seconds(60));
    private static final AttemptDeadline PLENTY = AttemptDeadline.all(seconds(300), false);

    private final AtomicLong now = new AtomicLong();
    private final Alarms alarms = new Alarms();

    /** Keeps the one alarm that is set, and runs it when the test says. */
    private static final class Alarms extends ScheduledThreadPoolExecutor {
        private volatile Runnable pending;

        Alarms() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            pending = command;
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }

    @AfterEach
    void stop() {
        alarms.shutdownNow();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private UpstreamCall call(CallTimers timers, AttemptDeadline share) {
        return new UpstreamCall(
                Map.of(),
                timers,
                share,
                new ResendPolicy() {
                    @Override
                    public Duration after(ResendPolicy.Outcome outcome) {
                        return null;
                    }

                    @Override
                    public RuntimeException onGiveUp(IOException failure) {
                        return new IllegalStateException(failure);
                    }
                },
                alarms,
                now::get);
    }

    private void pass(UpstreamCall call, double seconds) {
        now.addAndGet((long) (seconds * 1e9));
        alarms.pending.run();
    }

    /** Steps in the life of a call; the numbers are seconds that pass. */
    private void live(UpstreamCall call, Object... steps) {
        for (Object step : steps) {
            if (step instanceof Number seconds) {
                pass(call, seconds.doubleValue());
            } else {
                play(call, (String) step);
            }
        }
    }

    private static void play(UpstreamCall call, String step) {
        Map<String, Consumer<UpstreamCall>> plays = Map.of(
                "send",
                one -> one.sending(() -> true),
                "connect",
                UpstreamCall::connecting,
                "tls",
                UpstreamCall::handshaking,
                "connected",
                UpstreamCall::connected,
                "headers",
                UpstreamCall::answering,
                "content",
                UpstreamCall::progress,
                "commit",
                UpstreamCall::lease);
        plays.get(step).accept(call);
    }

    private static Arguments life(String name, AbortReason end, AttemptDeadline share, Object... steps) {
        return Arguments.of(name, end, share, steps);
    }

    static Stream<Arguments> which_timer_ends_a_call() {
        AttemptDeadline halved = new AttemptDeadline(seconds(6), seconds(12), true);
        return Stream.of(
                life("C02 no connection", AbortReason.CONNECT, PLENTY, "send", "connect", 0.9, 0.1),
                life("C07 no handshake", AbortReason.TLS, PLENTY, "send", "connect", 0.9, "tls", 1.9, 0.1),
                life("T01 no headers", AbortReason.HEADERS, PLENTY, "send", 4.9, 0.1),
                life(
                        "T01 no headers on a new connection",
                        AbortReason.HEADERS,
                        PLENTY,
                        "send",
                        "connect",
                        0.9,
                        "tls",
                        1.9,
                        "connected",
                        4.9,
                        0.1),
                life(
                        "T02 no content, counted from the request",
                        AbortReason.FIRST_TOKEN,
                        PLENTY,
                        "send",
                        3,
                        "headers",
                        4.9,
                        0.1),
                life(
                        "T03 content all the while",
                        null,
                        PLENTY,
                        "send",
                        1,
                        "headers",
                        1,
                        "content",
                        14.9,
                        "content",
                        14.9,
                        "content",
                        14.9),
                life("T05 a stall", AbortReason.IDLE, PLENTY, "send", 1, "headers", "content", 14.9, 0.1),
                life(
                        "T06 content without end",
                        AbortReason.TOTAL,
                        PLENTY,
                        "send",
                        "headers",
                        1,
                        "content",
                        14,
                        "content",
                        14,
                        "content",
                        14,
                        "content",
                        14,
                        "content",
                        2.9,
                        0.1),
                life(
                        "T07 the caller's deadline",
                        AbortReason.CLIENT_DEADLINE,
                        AttemptDeadline.all(seconds(2), true),
                        "send",
                        1.9,
                        0.1),
                life(
                        "the chain's deadline",
                        AbortReason.DEADLINE,
                        AttemptDeadline.all(seconds(2), false),
                        "send",
                        1.9,
                        0.1),
                life("its share, in silence", AbortReason.SHARE, halved, "send", "headers", 5.9, 0.1),
                life(
                        "its share, with content all the while",
                        null,
                        halved,
                        "send",
                        "headers",
                        5.5,
                        "content",
                        0.9,
                        "content",
                        0.9,
                        "content",
                        0.9),
                life(
                        "its share, and then a silence",
                        AbortReason.SHARE,
                        halved,
                        "send",
                        "headers",
                        5.5,
                        "content",
                        0.9,
                        "content",
                        0.9,
                        0.1),
                life(
                        "its share means nothing once the caller gets it",
                        null,
                        halved,
                        "send",
                        "headers",
                        1,
                        "content",
                        "commit",
                        10),
                life(
                        "but the deadline does",
                        AbortReason.CLIENT_DEADLINE,
                        halved,
                        "send",
                        "headers",
                        1,
                        "content",
                        "commit",
                        10.9,
                        0.1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void which_timer_ends_a_call(String name, AbortReason end, AttemptDeadline share, Object[] steps) {
        UpstreamCall call = call(TIMERS, share);
        for (int i = 0; i < steps.length; i++) {
            assertThat(call.aborted()).as("before step %d", i).isNull();
            live(call, steps[i]);
        }
        assertThat(call.aborted()).isEqualTo(end);
        call.close();
    }

    @Test
    void T01_a_provider_that_does_not_stream_has_only_its_total() {
        UpstreamCall call = call(TIMERS.unstreamed(), PLENTY);

        live(call, "send", 40, 19.9);
        assertThat(call.aborted()).isNull();
        live(call, 0.1);
        assertThat(call.aborted()).isEqualTo(AbortReason.FIRST_TOKEN);
    }

    @Test
    void T15_content_in_the_moment_of_its_timer_counts_or_the_timer_does() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(2);
        int contents = 0;
        try {
            for (int run = 0; run < 1000; run++) {
                UpstreamCall call = call(TIMERS, PLENTY);
                live(call, "send", "headers");
                Runnable alarm = alarms.pending;
                now.addAndGet(seconds(8).toNanos());
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Boolean> content = racers.submit(() -> {
                    start.await();
                    return call.progress();
                });
                Future<?> timer = racers.submit(() -> {
                    start.await();
                    alarm.run();
                    return null;
                });
                boolean inTime = content.get();
                timer.get();
                assertThat(call.aborted()).as("run %d", run).isEqualTo(inTime ? null : AbortReason.FIRST_TOKEN);
                contents += inTime ? 1 : 0;
                call.close();
            }
        } finally {
            racers.shutdownNow();
        }
        assertThat(contents).as("runs that the content won").isBetween(0, 1000);
    }
}
