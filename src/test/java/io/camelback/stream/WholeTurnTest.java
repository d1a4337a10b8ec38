package io.camelback.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Finish;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.dialect.Json;
import io.camelback.failure.ProviderFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeTurnTest {
    private static final Finish PAUSE = Finish.of(Finish.Reason.STOP, "pause_turn");
    private static final Part.Opaque SEARCH = new Part.Opaque("anthropic", Json.object().put("type", "server_tool_use"));
    private static final StreamChunk SEARCHED = StreamChunk.made(new StreamEvent.OpaqueContent(0, SEARCH));
    private static final StreamChunk PAUSED = StreamChunk.made(new StreamEvent.Finished(0, PAUSE));

    private static ChatAnswer answer(Finish finish, Part... parts) {
        return new ChatAnswer("i", "m", 0, List.of(new ChatAnswer.Choice(0, List.of(parts), finish)), null, null);
    }

    @Test
    void trap_34_a_paused_turn_of_which_nothing_was_shown_is_for_the_next_link() {
        assertThatThrownBy(() -> Peeked.of(new WholeTurn(Chunks.of(SEARCHED, PAUSED)))).isInstanceOf(ProviderFailure.class)
                .extracting("code").isEqualTo("paused_turn");
    }

    @Test
    void trap_34_a_paused_turn_of_which_some_is_out_ends_as_one_that_was_cut() {
        StreamChunk text = StreamChunk.made(new StreamEvent.TextDelta(0, "I look."));
        WholeTurn turn = new WholeTurn(Chunks.of(text, SEARCHED, PAUSED));

        assertThat(turn.next()).isSameAs(text);
        assertThat(turn.next().hasContent()).isFalse();
        assertThat(turn.next().events())
                .containsExactly(new StreamEvent.Finished(0, Finish.of(Finish.Reason.LENGTH, "pause_turn")));
        assertThat(turn.next()).isNull();
    }

    @Test
    void trap_34_a_whole_answer_that_is_paused_is_for_the_next_link() {
        assertThatThrownBy(() -> WholeTurn.of(answer(PAUSE, new Part.Text("I look."), SEARCH)))
                .isInstanceOf(ProviderFailure.class);
    }

    @Test
    void an_answer_that_ended_stays_without_what_cannot_be_shown() {
        ChatAnswer plain = answer(Finish.STOP, new Part.Text("Sun."));

        assertThat(WholeTurn.of(plain)).isSameAs(plain);
        assertThat(WholeTurn.of(answer(Finish.STOP, SEARCH, new Part.Text("Sun.")))).isEqualTo(plain);
        assertThat(WholeTurn.of(answer(Finish.STOP, SEARCH)).choices().get(0).parts()).isEmpty();
    }
}
