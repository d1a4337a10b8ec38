package io.camelback.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventBusTest {
    private final ManualClock watch = new ManualClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final List<DeliveredEvent> seen = new CopyOnWriteArrayList<>();

    private static GatewayEvent event(GatewayEvent.Type type, String subject) {
        return GatewayEvent.of(type, subject, "It happened.");
    }

    /** Delivers all these before it moves the clock. */
    private void play(EventBus bus, Duration then, GatewayEvent... events) throws InterruptedException {
        for (GatewayEvent event : events) {
            bus.publish(event);
        }
        CountDownLatch done = new CountDownLatch(1);
        bus.listen(notice -> {
            if (notice.event().subject().startsWith("mark")) {
                done.countDown();
            }
        });
        bus.publish(event(GatewayEvent.Type.REVIEW, "mark" + watch.instant()));
        done.await();
        watch.advance(then);
    }

    private List<String> told() {
        return seen.stream()
                .filter(notice -> !notice.event().subject().startsWith("mark"))
                .map(notice -> notice.event().type().word() + " "
                        + notice.event().subject() + (notice.repeated() > 0 ? " +" + notice.repeated() : ""))
                .toList();
    }

    @Test
    void a_condition_is_delivered_once_in_its_window_and_then_says_how_often_it_was_told() throws Exception {
        try (EventBus bus = new EventBus(watch)) {
            bus.listen(seen::add);
            GatewayEvent gone = event(GatewayEvent.Type.MODEL_GONE, "gpt");
            play(bus, EventBus.WINDOW.minusMillis(1), gone, gone, event(GatewayEvent.Type.MODEL_GONE, "grok"));
            play(bus, Duration.ofMillis(1), gone);
            play(bus, Duration.ZERO, gone);
        }
        assertThat(told()).containsExactly("model.gone gpt", "model.gone grok", "model.gone gpt +2");
    }

    @Test
    void what_has_ended_is_news_when_it_begins_again() throws Exception {
        try (EventBus bus = new EventBus(watch)) {
            bus.listen(seen::add);
            GatewayEvent opened = event(GatewayEvent.Type.BREAKER_OPENED, "gpt");
            GatewayEvent closed = event(GatewayEvent.Type.BREAKER_CLOSED, "gpt");
            play(bus, Duration.ZERO, opened, opened, closed, opened, closed);
        }
        assertThat(told())
                .containsExactly(
                        "breaker.opened gpt", "breaker.closed gpt", "breaker.opened gpt", "breaker.closed gpt");
    }

    @Test
    void a_listener_that_fails_hurts_nobody_else() throws Exception {
        try (EventBus bus = new EventBus(watch)) {
            bus.listen(notice -> {
                throw new IllegalStateException("the sink is broken");
            });
            bus.listen(seen::add);
            play(bus, Duration.ZERO, event(GatewayEvent.Type.EXHAUSTED, "premium"));
        }
        assertThat(told()).containsExactly("chain.exhausted premium");
    }

    @Test
    void more_than_can_be_delivered_is_dropped_and_counted_and_nobody_waits() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (EventBus bus = new EventBus(watch)) {
            bus.listen(notice -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < 1000; i++) {
                bus.publish(event(GatewayEvent.Type.REVIEW, "request " + i));
            }
            assertThat(bus.dropped()).as("mere information leaves room").isBetween(499L, 500L);
            for (int i = 0; i < 1000; i++) {
                bus.publish(event(GatewayEvent.Type.EXHAUSTED, "chain " + i));
            }
            assertThat(bus.dropped()).isBetween(999L, 1000L);
            go.countDown();
        }
    }
}
