package io.camelback.protocol.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationOffsetsTest {
    /** One char, two bytes; two chars, four bytes; one char, three bytes. */
    private static final String TEXT = "aé🐪€b";

    @ParameterizedTest(name = "{0} chars: {1} characters, {2} bytes")
    @CsvSource({"0,0,0", "1,1,1", "2,2,3", "4,3,7", "5,4,10", "6,5,11"})
    void a_place_is_counted_as_each_dialect_does_and_back(int chars, int characters, int bytes) {
        CitationOffsets text = new CitationOffsets(TEXT.length());
        text.add(TEXT.substring(0, 3));
        text.add(TEXT.substring(3));

        assertThat(text.characters(chars)).isEqualTo(characters);
        assertThat(text.bytes(chars)).isEqualTo(bytes);
        assertThat(text.afterCharacters(characters)).isEqualTo(chars);
        assertThat(text.afterBytes(bytes)).isEqualTo(chars);
        assertThat(text.between(0, chars)).isEqualTo(TEXT.substring(0, chars));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"-1,0", "0,0", "99,6"})
    void a_place_outside_is_at_the_border(int count, int place) {
        CitationOffsets text = CitationOffsets.of(TEXT);

        assertThat(text.afterCharacters(count)).isEqualTo(place);
        assertThat(text.afterBytes(count)).isEqualTo(place);
        assertThat(text.length()).isEqualTo(6);
    }

    @Test
    void half_a_character_at_the_end_of_a_piece_is_joined_with_the_rest() {
        CitationOffsets text = new CitationOffsets();
        text.add(TEXT.substring(0, 2) + TEXT.charAt(2));
        assertThat(text.length()).isEqualTo(3);
        text.add(TEXT.substring(3));

        assertThat(text.bytes(6)).isEqualTo(11);
        assertThat(text.characters(6)).isEqualTo(5);
    }

    @Test
    void of_a_long_text_the_places_are_known_and_the_last_words() {
        CitationOffsets text = new CitationOffsets(8);
        for (int i = 0; i < 1000; i++) {
            text.add("né");
        }

        assertThat(text.bytes(2000)).isEqualTo(3000);
        assertThat(text.afterBytes(3000)).isEqualTo(2000);
        assertThat(text.between(1992, 2000)).isEqualTo("nénénéné");
        assertThat(text.between(1991, 2000)).isNull();
    }
}
