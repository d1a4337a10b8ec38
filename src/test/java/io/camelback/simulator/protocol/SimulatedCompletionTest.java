package io.camelback.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatedCompletionTest {

    @Test
    void a_text_is_streamed_word_by_word() {
        assertThat(SimulatedCompletion.text("one  two\nthree ").pieces())
                .containsExactly("one", "  two", "\nthree", " ");
        assertThat(SimulatedCompletion.text(" ").pieces()).containsExactly(" ");
        assertThat(SimulatedCompletion.text("").pieces()).isEmpty();
        assertThat(SimulatedCompletion.words(50).pieces()).hasSize(50);
    }

    @Test
    void a_text_is_split_into_as_many_tokens_as_it_has_characters_at_most() {
        assertThat(SimulatedCompletion.text("abcdefg").tokens(3).pieces()).containsExactly("ab", "cd", "efg");
        assertThat(SimulatedCompletion.text("ab").tokens(5).pieces()).containsExactly("a", "b");
    }

    @Test
    void no_token_cuts_a_character_in_two() {
        assertThat(SimulatedCompletion.text("\uD83D\uDE00\uD83D\uDE01")
                        .tokens(4)
                        .pieces())
                .containsExactly("\uD83D\uDE00", "\uD83D\uDE01");
    }

    @Test
    void usage_is_counted_unless_it_is_given() {
        SimulatedCompletion said =
                SimulatedCompletion.text("a b c").reasoning("x", "y").sayTo("sim", false, 7);

        assertThat(said.usage().input()).isEqualTo(7);
        assertThat(said.usage().output()).isEqualTo(5);
        assertThat(said.usage().reasoning()).isEqualTo(2);
    }

    @Test
    void arguments_of_a_tool_call_must_be_an_object() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedCompletion.hello().toolCall("x", "[1]"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedCompletion.hello().toolCall("x", "{"));
    }

    @Test
    void neither_tokens_nor_time_can_be_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedCompletion.hello().tokens(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedCompletion.hello().delay(Duration.ofMillis(-1)));
    }
}
