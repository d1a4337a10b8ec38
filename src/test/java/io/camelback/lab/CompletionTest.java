package io.camelback.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void a_text_is_streamed_word_by_word() {
        assertThat(Completion.text("one  two\nthree ").pieces()).containsExactly("one", "  two", "\nthree", " ");
        assertThat(Completion.text(" ").pieces()).containsExactly(" ");
        assertThat(Completion.text("").pieces()).isEmpty();
        assertThat(Completion.words(50).pieces()).hasSize(50);
    }

    @Test
    void a_text_is_split_into_as_many_tokens_as_it_has_characters_at_most() {
        assertThat(Completion.text("abcdefg").tokens(3).pieces()).containsExactly("ab", "cd", "efg");
        assertThat(Completion.text("ab").tokens(5).pieces()).containsExactly("a", "b");
    }

    @Test
    void no_token_cuts_a_character_in_two() {
        assertThat(Completion.text("\uD83D\uDE00\uD83D\uDE01").tokens(4).pieces())
                .containsExactly("\uD83D\uDE00", "\uD83D\uDE01");
    }

    @Test
    void usage_is_counted_unless_it_is_given() {
        Completion said = Completion.text("a b c").reasoning("x", "y").sayTo("sim", false, 7);

        assertThat(said.usage().input()).isEqualTo(7);
        assertThat(said.usage().output()).isEqualTo(5);
        assertThat(said.usage().reasoning()).isEqualTo(2);
    }

    @Test
    void arguments_of_a_tool_call_must_be_an_object() {
        assertThatIllegalArgumentException().isThrownBy(() -> Completion.hello().toolCall("x", "[1]"));
        assertThatIllegalArgumentException().isThrownBy(() -> Completion.hello().toolCall("x", "{"));
    }

    @Test
    void neither_tokens_nor_time_can_be_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Completion.hello().tokens(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Completion.hello().delay(Duration.ofMillis(-1)));
    }
}
