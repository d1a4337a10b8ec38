package io.camelback.quality;

import static io.camelback.quality.HostileCheckTexts.ANY;
import static io.camelback.quality.HostileCheckTexts.string;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.config.QualitySettings;
import io.camelback.json.Json;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Patterns, schemas and texts that are chosen to take a processor for ever: each check ends within its time. */
@Tag("processor-time")
class HostileChecksTest {
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static final QualitySettings SETTINGS =
            new QualitySettings(true, null, 0, false, 20, Duration.ofMillis(50));
    private static final Duration MOST = Duration.ofMillis(100);

    private static ChatRequest asking(String schema) {
        try {
            return ChatRequest.builder("m")
                    .message(Message.user("hi"))
                    .format(new ResponseFormat.JsonSchema("x", null, (ObjectNode) Json.read(schema), true))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ChatAnswer saying(String text) {
        return new ChatAnswer(
                "id",
                "m",
                0,
                List.of(new ChatAnswer.Choice(
                        0, List.of(new Part.Text(text)), new FinishReason(FinishReason.Kind.STOP, null, null))),
                null,
                null);
    }

    private static QualityVerdict judge(String schema, String text, WorkBudget budget) {
        try {
            return new QualityPolicy(SETTINGS).judge(asking(schema), saying(text), budget);
        } catch (NotJudgedException e) {
            return QualityVerdict.unjudged(e.getMessage());
        }
    }

    @BeforeAll
    static void listen() {
        LOGGED.start();
        ((Logger) LoggerFactory.getLogger("com.networknt")).addAppender(LOGGED);
    }

    @AfterAll
    static void stopListening() {
        ((Logger) LoggerFactory.getLogger("com.networknt")).detachAppender(LOGGED);
    }

    /** The validator may name a keyword; the caller's own words, of any length, stay out of the log. */
    @AfterEach
    void nothing_of_the_callers_is_logged() {
        assertThat(LOGGED.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).matches("Could not load validator \\w+"));
    }

    @BeforeAll
    static void warm() {
        for (int i = 0; i < 200; i++) {
            assertThat(judge(
                            "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"^[a-z]+$\",\"enum\":[\"b\",1]}},\"required\":[\"a\"]}",
                            "{\"a\":\"b\"}",
                            WorkBudget.unlimited()))
                    .isEqualTo(QualityVerdict.PASSED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "io.camelback.quality.HostilePatternCases#patterns",
        "io.camelback.quality.HostileSchemaCases#schemas",
        "io.camelback.quality.HostileSchemaCases#texts"
    })
    void a_check_ends_within_its_time(String name, String schema, String text, QualityVerdict.Outcome outcome) {
        // The first time, Java compiles and loads what it needs; its collector may count for the thread that fills the
        // heap.
        Measured measured = measured(schema, text);
        for (int again = 0; again < 3 && measured.took().compareTo(MOST) >= 0; again++) {
            measured = measured(schema, text);
        }
        QualityVerdict verdict = measured.verdict();

        if (outcome != ANY) {
            assertThat(verdict.outcome()).as(verdict.why()).isEqualTo(outcome);
        }
        assertThat(measured.took()).isLessThan(MOST);
    }

    /** @param took of the processor */
    private record Measured(QualityVerdict verdict, Duration took) {}

    private static Measured measured(String schema, String text) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ChatRequest request = asking(schema);
        ChatAnswer answer = saying(text);
        long begin = threads.getCurrentThreadCpuTime();
        QualityVerdict verdict = CheckPool.guarded(
                SETTINGS.deadline(),
                budget -> new QualityPolicy(SETTINGS).judge(request, answer, budget),
                threads::getCurrentThreadCpuTime);
        return new Measured(verdict, Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin));
    }

    @Test
    void a_check_looks_at_the_clock_all_the_time_and_ends_when_it_is_over() {
        AtomicInteger looks = new AtomicInteger();
        QualityVerdict verdict = judge(
                "{\"pattern\":\".{1,500}$\"}",
                string("a".repeat(1_000_000) + "\n"),
                new WorkBudget(Duration.ofNanos(50), looks::getAndIncrement));

        assertThat(verdict).isEqualTo(QualityVerdict.unjudged("the check takes too long"));
        assertThat(looks).hasValue(52);
    }
}
