package io.camelback.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.SamplingParameters;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final AnswerCache cache = new AnswerCache(1 << 20, AnswerStore.NONE, Clock.fixed(NOW, ZoneOffset.UTC));

    private static ChatRequestBuilder asking() {
        return ChatRequest.builder("premium")
                .message(Message.system("Be brief."))
                .message(Message.user("Why?"));
    }

    private static ChatAnswer saying(FinishReason.Kind reason, Part... parts) {
        return new ChatAnswer(
                "id",
                "model-x",
                0,
                List.of(new ChatAnswer.Choice(0, List.of(parts), new FinishReason(reason, null, null))),
                null,
                null);
    }

    private static ChatAnswer because() {
        return saying(FinishReason.Kind.STOP, new Part.Text("Because."));
    }

    static Stream<Arguments> same() {
        return Stream.of(
                asked("the same again", request -> request),
                asked("streamed", request -> request.stream(true).streamUsage(true)),
                asked("for another end user", request -> request.user("u2")),
                asked("with labels", request -> request.metadata("task_type", "plan")));
    }

    private static Arguments asked(String name, UnaryOperator<ChatRequestBuilder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void same(String name, UnaryOperator<ChatRequestBuilder> change) {
        cache.keep(null, "premium", asking().build(), because());
        assertThat(cache.find(null, "premium", change.apply(asking()).build(), DAY))
                .get()
                .satisfies(found -> assertThat(found.again().text()).isEqualTo("Because."));
    }

    static Stream<Arguments> different() {
        return Stream.of(
                asked("another question", request -> request.message(Message.user("And?"))),
                asked(
                        "a blank more",
                        request -> ChatRequest.builder("premium")
                                .message(Message.system("Be brief."))
                                .message(Message.user("Why? "))),
                asked(
                        "one text for two",
                        request -> ChatRequest.builder("premium")
                                .message(Message.system("Be brief."))
                                .message(new Message(
                                        Message.Role.USER, List.of(new Part.Text("Wh"), new Part.Text("y?"))))),
                asked(
                        "a temperature",
                        request -> request.sampling(new SamplingParameters(
                                new BigDecimal("0.5"), null, null, null, null, null, List.of()))),
                asked("a limit", request -> request.maxOutputTokens(10)),
                asked("more effort", request -> request.effort(ChatRequest.Effort.HIGH)),
                asked("two candidates", request -> request.candidates(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void different(String name, UnaryOperator<ChatRequestBuilder> change) {
        cache.keep(null, "premium", asking().build(), because());
        assertThat(cache.find(null, "premium", change.apply(asking()).build(), DAY))
                .isEmpty();
    }

    @Test
    void H24_nobody_gets_an_answer_of_another_key_or_of_another_chain() {
        cache.keep("key-a", "premium", asking().build(), because());

        assertThat(cache.find("key-a", "premium", asking().build(), DAY)).isPresent();
        assertThat(cache.find("key-b", "premium", asking().build(), DAY)).isEmpty();
        assertThat(cache.find(null, "premium", asking().build(), DAY)).isEmpty();
        assertThat(cache.find("key-a", "strict", asking().build(), DAY)).isEmpty();
    }

    static Stream<Arguments> never_kept() {
        return Stream.of(
                Arguments.of("cut off", saying(FinishReason.Kind.LENGTH, new Part.Text("Beca"))),
                Arguments.of("filtered", saying(FinishReason.Kind.CONTENT_FILTER, new Part.Text("Be"))),
                Arguments.of("a refusal", saying(FinishReason.Kind.STOP, new Part.Refusal("No."))),
                Arguments.of("a tool call", saying(FinishReason.Kind.TOOL_CALLS, new Part.ToolCall("1", "f", "{}"))),
                Arguments.of(
                        "a picture",
                        saying(
                                FinishReason.Kind.STOP,
                                new Part.Text("Look:"),
                                new Part.Image(new Part.Media.Inline("image/png", "AAAA"), null))),
                Arguments.of("blank", saying(FinishReason.Kind.STOP, new Part.Text(" \n"))),
                Arguments.of("nothing", saying(FinishReason.Kind.STOP)));
    }

    @ParameterizedTest(name = "D16: {0}")
    @MethodSource
    void never_kept(String name, ChatAnswer answer) {
        cache.keep(null, "premium", asking().build(), answer);
        assertThat(cache.find(null, "premium", asking().build(), DAY)).isEmpty();
    }

    @Test
    void what_is_too_old_is_not_given() {
        Map<String, CachedAnswer> store = new HashMap<>();
        AnswerStore kept = new AnswerStore() {
            @Override
            public Optional<CachedAnswer> find(String key) {
                return Optional.ofNullable(store.get(key));
            }

            @Override
            public void keep(String key, CachedAnswer answer) {
                store.put(key, answer);
            }
        };
        new AnswerCache(1 << 20, kept, Clock.fixed(NOW, ZoneOffset.UTC)).keep(null, "c", asking().build(), because());

        AnswerCache later = new AnswerCache(1 << 20, kept, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
        assertThat(later.find(null, "c", asking().build(), Duration.ofSeconds(59)))
                .isEmpty();
        assertThat(later.find(null, "c", asking().build(), Duration.ofSeconds(60)))
                .get()
                .satisfies(found -> assertThat(found.age(NOW.plusSeconds(60))).hasSeconds(60));
    }

    @Test
    void memory_is_bounded() {
        AnswerCache small = new AnswerCache(10_000, AnswerStore.NONE, Clock.fixed(NOW, ZoneOffset.UTC));
        for (int i = 0; i < 1_000; i++) {
            small.keep(
                    null,
                    "c",
                    asking().message(Message.user("no " + i)).build(),
                    saying(FinishReason.Kind.STOP, new Part.Text("x".repeat(500))));
        }
        long kept = Stream.iterate(0, i -> i + 1)
                .limit(1_000)
                .filter(i -> small.find(
                                null,
                                "c",
                                asking().message(Message.user("no " + i)).build(),
                                DAY)
                        .isPresent())
                .count();
        assertThat(kept).isBetween(1L, 10L);
    }
}
