package io.camelback.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where checks run: how long, how many, and until when. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckPoolTest {
    private static final Duration MOST = Duration.ofMillis(50);

    private final AtomicInteger looks = new AtomicInteger();
    /** A clock on which each look takes a millisecond. */
    private final CheckPool pool = new CheckPool(1, () -> looks.getAndIncrement() * 1_000_000L);

    private static QualityVerdict endless(WorkBudget budget) {
        while (true) {
            budget.spend(100);
        }
    }

    @Test
    void a_check_that_does_not_end_is_ended() {
        QualityVerdict verdict = pool.judge(MOST, CheckPoolTest::endless, stopper -> {});

        assertThat(verdict).isEqualTo(QualityVerdict.unjudged("the check takes too long"));
        assertThat(looks).hasValue(52);
    }

    @Test
    void a_check_ends_when_its_caller_leaves() throws Exception {
        CheckPool still = new CheckPool(1, () -> 0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Runnable> leave = new AtomicReference<>();
        CompletableFuture<QualityVerdict> verdict = CompletableFuture.supplyAsync(() -> still.judge(
                MOST,
                budget -> {
                    begun.countDown();
                    try {
                        return endless(budget);
                    } finally {
                        ended.countDown();
                    }
                },
                leave::set));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        while (leave.get() == null) {
            Thread.onSpinWait();
        }
        leave.get().run();

        assertThat(verdict.get(10, TimeUnit.SECONDS)).isEqualTo(QualityVerdict.unjudged("the request has ended"));
        assertThat(ended.await(10, TimeUnit.SECONDS))
                .as("the check's thread is free")
                .isTrue();
        assertThat(still.judge(MOST, budget -> QualityVerdict.PASSED, stopper -> {}))
                .isEqualTo(QualityVerdict.PASSED);
    }

    @Test
    void who_left_before_the_check_began_has_none() {
        QualityVerdict verdict = pool.judge(MOST, CheckPoolTest::endless, Runnable::run);

        assertThat(verdict.isUnjudged()).isTrue();
        assertThat(pool.judge(MOST, budget -> QualityVerdict.PASSED, stopper -> {}))
                .isEqualTo(QualityVerdict.PASSED);
    }

    @Test
    void the_more_wait_the_less_time_each_has() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(51);
        CompletableFuture<QualityVerdict> first = judging(
                budget -> {
                    await(hold);
                    return QualityVerdict.PASSED;
                },
                queued);
        CompletableFuture<?>[] hostile = new CompletableFuture<?>[50];
        for (int i = 0; i < hostile.length; i++) {
            hostile[i] = judging(CheckPoolTest::endless, queued);
        }
        assertThat(queued.await(10, TimeUnit.SECONDS)).isTrue();
        hold.countDown();

        CompletableFuture.allOf(hostile).get(20, TimeUnit.SECONDS);
        assertThat(first.get()).isEqualTo(QualityVerdict.PASSED);
        // One after the other with 50 ms each, it would be 2,600.
        assertThat(looks.get()).isLessThan(500);
    }

    private CompletableFuture<QualityVerdict> judging(
            java.util.function.Function<WorkBudget, QualityVerdict> check, CountDownLatch queued) {
        CompletableFuture<QualityVerdict> verdict = new CompletableFuture<>();
        new Thread(() -> verdict.complete(pool.judge(MOST, check, stopper -> queued.countDown()))).start();
        return verdict;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_check_that_fails_or_nests_too_deeply_leaves_the_answer_unjudged() {
        assertThat(pool.judge(MOST, budget -> deeper(0), stopper -> {}).why())
                .isEqualTo("nested too deeply to be checked");
        assertThat(pool.judge(
                                MOST,
                                budget -> {
                                    throw new IllegalStateException("a defect");
                                },
                                stopper -> {})
                        .why())
                .isEqualTo("the check has failed");
    }

    private static QualityVerdict deeper(int depth) {
        return depth < 0 ? QualityVerdict.PASSED : deeper(depth + 1);
    }
}
