package io.camelback.quality;

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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Patterns, schemas and texts that are chosen to take a processor for ever: each check ends within its time. */
class HostileChecksTest {
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static final QualitySettings SETTINGS =
            new QualitySettings(true, null, 0, false, 20, Duration.ofMillis(50));
    private static final Duration MOST = Duration.ofMillis(100);
    /** Either is right, so long as it is quick. */
    private static final QualityVerdict.Outcome ANY = null;

    private static final QualityVerdict.Outcome PASSED = QualityVerdict.Outcome.PASSED;
    private static final QualityVerdict.Outcome MISSED = QualityVerdict.Outcome.MISSED;
    private static final QualityVerdict.Outcome UNJUDGED = QualityVerdict.Outcome.UNJUDGED;

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

    private static String string(String text) {
        return Json.text(Json.of(text));
    }

    private static Arguments pattern(String name, String pattern, String text, QualityVerdict.Outcome outcome) {
        return Arguments.of(name, "{\"pattern\":" + string(pattern) + "}", string(text), outcome);
    }

    private static String list(int count, Function<Integer, String> each) {
        return IntStream.range(0, count).mapToObj(each::apply).collect(Collectors.joining(",", "[", "]"));
    }

    private static String fields(int count, Function<Integer, String> each) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"p" + i + "\":" + each.apply(i))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Strings that all have the same hash. */
    private static String colliding(int bits) {
        return list(1 << bits, i -> {
            StringBuilder text = new StringBuilder("\"");
            for (int bit = 0; bit < bits; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return text.append('"').toString();
        });
    }

    /** Each definition uses the next one twice, through a keyword that takes a list. */
    private static String doubling(String keyword, int levels) {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < levels; i++) {
            String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            schema.append("\"d")
                    .append(i)
                    .append("\":{\"")
                    .append(keyword)
                    .append("\":[")
                    .append(next)
                    .append(',')
                    .append(next)
                    .append("]},");
        }
        return schema.append("\"d")
                .append(levels)
                .append("\":{\"type\":\"string\"}}}")
                .toString();
    }

    private static String nested(String open, String inner, String close, int depth) {
        return open.repeat(depth) + inner + close.repeat(depth);
    }

    static Stream<Arguments> patterns() {
        String many = "a".repeat(100_000);
        return Stream.of(
                pattern("a back-reference", "^(a*)*\\1$", "a".repeat(40), UNJUDGED),
                pattern("look-ahead", "^(?=(a+)+$)", many, UNJUDGED),
                pattern("nested repetition", "^(a+)+$", many + "!", MISSED),
                pattern("nested repetition with a neighbour", "(x+x+)+y", "x".repeat(20_000), MISSED),
                pattern("overlapping groups", "^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(50_000), MISSED),
                pattern("alternatives that are equal", "^(a|a)*$", many + "b", MISSED),
                pattern("choices that read nothing", "^" + "(?:|)".repeat(60) + "$", "a", MISSED),
                pattern("nothing, two thousand million times", "(?:){2147483647}b", "aaaa", UNJUDGED),
                pattern(
                        "nothing, a thousand million times, nested",
                        "(?:(?:(?:){1000}){1000}){1000}b",
                        "aaaa",
                        UNJUDGED),
                pattern("repetitions that multiply", "((a{100}){100}){100}", "a".repeat(40), UNJUDGED),
                pattern(
                        "repetitions that multiply to what memory has not",
                        "(((a{1000}){1000}){1000}){1000}",
                        "a",
                        UNJUDGED),
                pattern("repetitions behind a bracket in a class", "[(]((a{900}){900}[)])", "a", UNJUDGED),
                pattern("repetitions behind an escaped bracket", "\\)((a{900}){900})", "a", UNJUDGED),
                pattern("a wide window over a long text", ".{1,1000}$", "a".repeat(1_000_000) + "\n", ANY),
                pattern("a window in a window", "(?:[^\\n]{10,900})z", "a".repeat(1_000_000), ANY),
                pattern("five of anything", "(.*)(.*)(.*)(.*)(.*)x", "a".repeat(1_000_000), ANY),
                pattern("brackets in brackets", nested("(", "a", ")", 4_000), "a", UNJUDGED),
                pattern("a hundred thousand brackets", nested("(", "a", ")", 100_000), "a", UNJUDGED),
                pattern("a megabyte of alternatives", "a|b|".repeat(250_000), "c", UNJUDGED),
                pattern(
                        "large sets of letters whose case is folded",
                        "(?i)[" + "\\pL".repeat(3_000) + "]",
                        "1",
                        UNJUDGED),
                pattern(
                        "wide ranges whose case is folded",
                        "(?i)[" + "\\x{42}-\\x{1e942}".repeat(500) + "]",
                        "1",
                        UNJUDGED),
                pattern("no pattern at all", "([", "a", UNJUDGED),
                pattern("a pattern with a flag for comments", "(?x)a # (", "a", UNJUDGED),
                Arguments.of(
                        "many patterns for many names",
                        "{\"patternProperties\":" + fields(3_000, i -> "true").replace("\"p", "\"(a|b|c)*d") + "}",
                        fields(3_000, i -> "1"),
                        UNJUDGED),
                Arguments.of(
                        "a pattern that matches nothing costs nothing",
                        "{\"properties\":{\"a\":{\"pattern\":\"(?=a)\"}}}",
                        "{\"b\":\"a\"}",
                        PASSED));
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of("itself", "{\"$ref\":\"#\"}", "{}", UNJUDGED),
                Arguments.of(
                        "itself by another",
                        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}",
                        "{}",
                        UNJUDGED),
                Arguments.of(
                        "itself by its anchor",
                        "{\"$dynamicAnchor\":\"a\",\"not\":{\"$dynamicRef\":\"#a\"}}",
                        "{}",
                        UNJUDGED),
                Arguments.of(
                        "itself in draft 2019-09",
                        "{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\","
                                + "\"$recursiveAnchor\":true,\"allOf\":[{\"$recursiveRef\":\"#\"}]}",
                        "{}",
                        UNJUDGED),
                Arguments.of(
                        "a long way of references",
                        "{\"$ref\":\"#/$defs/p0\",\"$defs\":"
                                + fields(20_000, i -> "{\"$ref\":\"#/$defs/p" + (i + 1) + "\"}") + "}",
                        "{}",
                        UNJUDGED),
                Arguments.of("2 to the 40 by allOf", doubling("allOf", 40), "\"a\"", UNJUDGED),
                Arguments.of("2 to the 40 by anyOf", doubling("anyOf", 40), "1", UNJUDGED),
                Arguments.of("2 to the 40 by oneOf", doubling("oneOf", 40), "1", UNJUDGED),
                Arguments.of("2 to the 40 by prefixItems", doubling("prefixItems", 40), nested("[", "1", "]", 90), ANY),
                Arguments.of(
                        "many references to one place, each spelled otherwise",
                        "{\"properties\":{\"a\":" + nested("{\"properties\":{\"a\":", "{}", "}}", 40) + "},\"allOf\":"
                                + list(
                                        5_000,
                                        i -> "{\"$ref\":\"#/properties/%6" + "1/properties/a"
                                                + "/properties/a".repeat(i % 35) + "\"}")
                                + "}",
                        "{}",
                        ANY),
                Arguments.of("a schema on the net", "{\"$ref\":\"http://evil.example/schema.json\"}", "{}", UNJUDGED),
                Arguments.of("a schema in a file", "{\"$ref\":\"file:///etc/passwd\"}", "{}", UNJUDGED),
                Arguments.of("a schema on the class path", "{\"$ref\":\"classpath:draft-07.json\"}", "{}", UNJUDGED),
                Arguments.of("a dialect on the net", "{\"$schema\":\"http://evil.example/dialect\"}", "{}", UNJUDGED),
                Arguments.of("a large enum", "{\"enum\":" + list(200_000, i -> "\"v" + i + "\"") + "}", "\"x\"", ANY),
                Arguments.of("an enum of equal hashes", "{\"enum\":" + colliding(15) + "}", "\"x\"", UNJUDGED),
                Arguments.of(
                        "an enum at every level",
                        "{\"not\":{\"enum\":[1]},\"items\":{\"$ref\":\"#\"}}",
                        nested("[", list(50_000, i -> "1"), "]", 90),
                        ANY),
                Arguments.of("items of equal hashes", "{\"uniqueItems\":true}", colliding(15), UNJUDGED),
                Arguments.of(
                        "arrays that may have equal hashes",
                        "{\"uniqueItems\":true}",
                        list(20_000, i -> "[" + i + "]"),
                        UNJUDGED),
                Arguments.of(
                        "numbers of equal hashes",
                        "{\"uniqueItems\":true}",
                        list(30_000, i -> "100000000000000000000000000" + (10_000 + i)),
                        UNJUDGED),
                Arguments.of(
                        "many names that must be there, for many values",
                        "{\"items\":{\"required\":" + list(20_000, i -> "\"p" + i + "\"") + "}}",
                        list(20_000, i -> "{}"),
                        ANY),
                Arguments.of(
                        "not any of many, for many values",
                        "{\"items\":{\"not\":{\"anyOf\":" + list(2_000, i -> "{\"const\":" + i + "}") + "}}}",
                        list(5_000, i -> "-1"),
                        UNJUDGED),
                Arguments.of(
                        "what is not evaluated, in many branches",
                        "{\"unevaluatedProperties\":false,\"anyOf\":"
                                + list(3_000, i -> "{\"properties\":{\"p" + i + "\":true},\"required\":[\"q\"]}") + "}",
                        fields(3_000, i -> "1"),
                        ANY),
                Arguments.of("a hundred thousand words nobody knows", fields(100_000, i -> "1"), "{}", ANY),
                Arguments.of(
                        "names held against an enum",
                        "{\"propertyNames\":{\"enum\":" + list(5_000, i -> "\"v" + i + "\"") + "}}",
                        fields(5_000, i -> "1"),
                        ANY),
                Arguments.of(
                        "one that contains another, at every level",
                        "{\"contains\":{\"$ref\":\"#\"},\"items\":{\"$ref\":\"#\"}}",
                        nested("[", "1", "]", 90),
                        ANY),
                Arguments.of(
                        "dependent on each other",
                        "{\"dependentSchemas\":" + fields(3_000, i -> "{\"required\":[\"p0\"]}") + "}",
                        fields(3_000, i -> "1"),
                        ANY),
                Arguments.of(
                        "a format that is hard to read",
                        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"format\":\"email\"}",
                        string("@a.".repeat(100_000)),
                        PASSED),
                Arguments.of(
                        "a format that is a pattern",
                        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"format\":\"regex\"}",
                        string("(?:){2147483647}b"),
                        PASSED),
                Arguments.of(
                        "no schema but words",
                        "{\"type\":7,\"properties\":[],\"items\":\"x\",\"patternProperties\":1}",
                        "{}",
                        ANY));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a multiple of almost nothing", "{\"multipleOf\":1e-300}", "1e300", ANY),
                Arguments.of("a number that no arithmetic ends with", "{\"multipleOf\":3}", "1e999999999", UNJUDGED),
                Arguments.of(
                        "the same in a list",
                        "{\"items\":{\"minimum\":0,\"maximum\":1}}",
                        "[1,1e-999999999]",
                        UNJUDGED),
                Arguments.of("the same for an enum", "{\"enum\":[1]}", "1e999999999", UNJUDGED),
                Arguments.of("the same for an integer", "{\"type\":\"integer\"}", "1e999999999", UNJUDGED),
                Arguments.of(
                        "many long numbers", "{\"items\":{\"multipleOf\":7}}", list(4_000, i -> "9".repeat(390)), ANY),
                Arguments.of(
                        "more than is read", "{\"type\":\"object\"}", "[" + "1,".repeat(2_000_000) + "1]", UNJUDGED),
                Arguments.of(
                        "as many values as may be",
                        "{\"items\":{\"type\":\"integer\"}}",
                        "[" + "1,".repeat(1_000_000) + "1]",
                        ANY),
                Arguments.of(
                        "deeper than is read", "{\"items\":{\"$ref\":\"#\"}}", nested("[", "1", "]", 100_000), MISSED),
                Arguments.of("as deep as may be", "{\"items\":{\"$ref\":\"#\"}}", nested("[", "1", "]", 99), PASSED),
                Arguments.of(
                        "one name a hundred thousand times",
                        "{\"type\":\"object\"}",
                        "{" + "\"a\":1,".repeat(100_000) + "\"a\":1}",
                        PASSED),
                Arguments.of(
                        "names of equal hashes",
                        "{\"additionalProperties\":{\"type\":\"integer\"}}",
                        "{" + colliding(13).replaceAll("[\\[\\]]", "").replace(",", ":1,") + ":1}",
                        ANY),
                Arguments.of(
                        "a megabyte of white space", "{\"type\":\"object\"}", " ".repeat(1_000_000) + "{}", PASSED));
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
    @MethodSource({"patterns", "schemas", "texts"})
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
