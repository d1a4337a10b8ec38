package io.camelback.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.StreamEvent.TextDelta;
import io.camelback.chat.StreamEvent.ToolCallDelta;
import io.camelback.chat.StreamEvent.ToolCallStarted;
import io.camelback.chat.Usage;
import io.camelback.testkit.ChunkListStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers and streams that end at the caller's stop sequences. */
class StopSequenceTest {
    private static final Usage SPENT = Usage.of(7, 3);
    private static final FinishReason BY_ITSELF = FinishReason.of(FinishReason.Kind.LENGTH, "length");

    static Stream<Arguments> texts() {
        return Stream.of(
                text("in one piece", "END", "one END two", "one ", "END"),
                text("over the border of two pieces", "END", "one E|ND two", "one ", "END"),
                text("a letter a piece", "END", "o|n|e|E|N|D|x", "one", "END"),
                text("at the very beginning", "END", "END of it", "", "END"),
                text("at the very end", "END", "all|END", "all", "END"),
                text("what only begins like one", "END", "EN|EN|ENDE", "ENEN", "END"),
                text("a beginning that comes to nothing", "END", "the EN|GINE", "the ENGINE", null),
                text("a beginning at the end of the answer", "END", "the EN", "the EN", null),
                text("the first of two", "two,one", "one two", "", "one"),
                text("the longer of two at one place", "###,####", "a####", "a", "####"),
                text("one inside the other", "b,abc", "xabc", "x", "abc"),
                text("of blanks", "\n\n", "a\n|\nb", "a", "\n\n"),
                text("of two halves of a character", "\ud83d\udc2a", "a\ud83d|\udc2ab", "a", "\ud83d\udc2a"),
                text("none", "END", "a|b|c", "abc", null));
    }

    private static Arguments text(String name, String stops, String pieces, String told, String met) {
        return Arguments.of(name, List.of(stops.split(",")), Arrays.asList(pieces.split("\\|")), told, met);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void a_stream_is_cut(String name, List<String> stops, List<String> pieces, String told, String met) {
        List<StreamEvent> events = new ArrayList<>();
        pieces.forEach(piece -> events.add(new TextDelta(0, piece)));
        events.add(new TextDelta(0, ""));
        events.add(new StreamEvent.Finished(0, BY_ITSELF));
        ChunkListStream source = ChunkListStream.of(events);

        List<StreamEvent> read = read(StopSequenceStream.of(source, stops, 1, () -> SPENT));

        assertThat(text(read)).isEqualTo(told);
        assertThat(read)
                .filteredOn(StreamEvent.Finished.class::isInstance)
                .containsExactly(new StreamEvent.Finished(
                        0, met == null ? BY_ITSELF : new FinishReason(FinishReason.Kind.STOP, "stop", met)));
        assertThat(read.contains(new StreamEvent.UsageReported(SPENT))).isEqualTo(met != null);
        assertThat(source.closed()).as("the provider is told to stop").isEqualTo(met == null ? 0 : 1);
        assertThat(source.left() > 0).isEqualTo(met != null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void an_answer_is_cut(String name, List<String> stops, List<String> pieces, String told, String met) {
        ChatAnswer answer = answer(pieces.stream().<Part>map(Part.Text::new).toList(), List.of());

        ChatAnswer cut = StopSequenceAnswer.of(answer, stops);

        assertThat(cut.text()).isEqualTo(told);
        assertThat(cut.usage()).isEqualTo(SPENT);
        if (met == null) {
            assertThat(cut).isSameAs(answer);
        } else {
            assertThat(cut.choices().get(0).finish()).isEqualTo(new FinishReason(FinishReason.Kind.STOP, "stop", met));
            assertThat(cut.original()).isNull();
        }
    }

    @Test
    void no_more_is_held_back_than_could_be_the_beginning_of_one() {
        ChatStream stream = StopSequenceStream.of(
                ChunkListStream.of(List.of(new TextDelta(0, "the EN"), new TextDelta(0, "GINE E"))),
                List.of("END", "E!"),
                1,
                () -> null);

        assertThat(stream.next().events()).containsExactly(new TextDelta(0, "the "));
        assertThat(stream.next().events()).containsExactly(new TextDelta(0, "ENGINE "));
        assertThat(stream.next().events()).containsExactly(new TextDelta(0, "E"));
        assertThat(stream.next()).isNull();
    }

    @Test
    void a_tool_call_is_never_cut_and_ends_the_text_before_it() {
        List<StreamEvent> events = List.of(
                new TextDelta(0, "aEN"),
                new ToolCallStarted(0, 0, "c", "END", null),
                new ToolCallDelta(0, 0, "{\"END\":1}"),
                new TextDelta(0, "D"),
                new StreamEvent.Finished(0, BY_ITSELF));

        assertThat(read(StopSequenceStream.of(ChunkListStream.of(events), List.of("END"), 1, () -> null)))
                .containsExactly(
                        new TextDelta(0, "a"),
                        new TextDelta(0, "EN"),
                        events.get(1),
                        events.get(2),
                        events.get(3),
                        events.get(4));
        ChatAnswer answer = answer(
                List.of(new Part.Text("aEN"), new Part.ToolCall("c", "END", "{}"), new Part.Text("D")), List.of());
        assertThat(StopSequenceAnswer.of(answer, List.of("END"))).isSameAs(answer);
    }

    @Test
    void of_two_choices_both_must_have_met_one() {
        ChunkListStream source = ChunkListStream.of(List.of(
                new TextDelta(0, "aEND"),
                new TextDelta(1, "b"),
                new TextDelta(0, "c"),
                new StreamEvent.Finished(0, BY_ITSELF),
                new TextDelta(1, "END"),
                new TextDelta(1, "d")));

        List<StreamEvent> read = read(StopSequenceStream.of(source, List.of("END"), 2, () -> null));

        FinishReason met = new FinishReason(FinishReason.Kind.STOP, "stop", "END");
        assertThat(read)
                .containsExactly(
                        new TextDelta(0, "a"),
                        new StreamEvent.Finished(0, met),
                        new TextDelta(1, "b"),
                        new StreamEvent.Finished(1, met));
        assertThat(source.left()).isEqualTo(1);
    }

    @Test
    void what_rests_on_the_text_that_is_cut_goes_with_it() {
        Citation kept = new Citation(0, 1, "https://a.example", null, null);
        ChatAnswer answer = answer(
                List.of(new Part.Text("aENDb")), List.of(kept, new Citation(4, 5, "https://b.example", null, null)));

        assertThat(StopSequenceAnswer.of(answer, List.of("END"))
                        .choices()
                        .get(0)
                        .citations())
                .containsExactly(kept);
    }

    @Test
    void without_stop_sequences_a_stream_is_left_alone() {
        ChunkListStream source = ChunkListStream.of(List.of(new TextDelta(0, "a")));

        assertThat(StopSequenceStream.of(source, List.of(), 1, () -> null)).isSameAs(source);
    }

    private static ChatAnswer answer(List<Part> parts, List<Citation> citations) {
        return new ChatAnswer(
                "id",
                "m",
                1,
                List.of(new ChatAnswer.Choice(0, parts, BY_ITSELF, citations, List.of())),
                SPENT,
                new ChatAnswer.Original("openai", null));
    }

    private static List<StreamEvent> read(ChatStream stream) {
        List<StreamEvent> events = new ArrayList<>();
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            events.addAll(chunk.events());
        }
        return events;
    }

    private static String text(List<StreamEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event instanceof TextDelta delta ? delta.text() : ""));
        return text.toString();
    }
}
