package io.camelback.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.ProviderException;
import io.camelback.json.Json;
import io.camelback.testkit.ChunkListStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignTurnGuardTest {
    private static final FinishReason PAUSE = FinishReason.of(FinishReason.Kind.STOP, "pause_turn");
    private static final Part.Opaque SEARCH =
            new Part.Opaque("anthropic", Json.object().put("type", "server_tool_use"));
    private static final StreamChunk SEARCHED = StreamChunk.made(new StreamEvent.OpaqueContent(0, SEARCH));
    private static final StreamChunk PAUSED = StreamChunk.made(new StreamEvent.Finished(0, PAUSE));

    private static ChatAnswer answer(FinishReason finish, Part... parts) {
        return new ChatAnswer("i", "m", 0, List.of(new ChatAnswer.Choice(0, List.of(parts), finish)), null, null);
    }

    @Test
    void trap_34_a_paused_turn_of_which_nothing_was_shown_is_for_the_next_link() {
        assertThatThrownBy(() -> FirstTokenStream.of(new ForeignTurnGuard(ChunkListStream.of(SEARCHED, PAUSED))))
                .isInstanceOf(ProviderException.class)
                .extracting("code")
                .isEqualTo("paused_turn");
    }

    @Test
    void trap_34_a_paused_turn_of_which_some_is_out_ends_as_one_that_was_cut() {
        StreamChunk text = StreamChunk.made(new StreamEvent.TextDelta(0, "I look."));
        ForeignTurnGuard turn = new ForeignTurnGuard(ChunkListStream.of(text, SEARCHED, PAUSED));

        assertThat(turn.next()).isSameAs(text);
        assertThat(turn.next().hasContent()).isFalse();
        assertThat(turn.next().events())
                .containsExactly(new StreamEvent.Finished(0, FinishReason.of(FinishReason.Kind.LENGTH, "pause_turn")));
        assertThat(turn.next()).isNull();
    }

    @Test
    void trap_34_a_whole_answer_that_is_paused_is_for_the_next_link() {
        assertThatThrownBy(() -> ForeignTurnGuard.of(answer(PAUSE, new Part.Text("I look."), SEARCH)))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void an_answer_that_ended_stays_without_what_cannot_be_shown() {
        ChatAnswer plain = answer(FinishReason.STOP, new Part.Text("Sun."));

        assertThat(ForeignTurnGuard.of(plain)).isSameAs(plain);
        assertThat(ForeignTurnGuard.of(answer(FinishReason.STOP, SEARCH, new Part.Text("Sun."))))
                .isEqualTo(plain);
        assertThat(ForeignTurnGuard.of(answer(FinishReason.STOP, SEARCH))
                        .choices()
                        .get(0)
                        .parts())
                .isEmpty();
    }
}
