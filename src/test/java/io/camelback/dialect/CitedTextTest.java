package io.camelback.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitedTextTest {
    /** One char, two bytes; two chars, four bytes; one char, three bytes. */
    private static final String TEXT = "aé🐪€b";

    @ParameterizedTest(name = "{0} chars: {1} characters, {2} bytes")
    @CsvSource({"0,0,0", "1,1,1", "2,2,3", "4,3,7", "5,4,10", "6,5,11"})
    void a_place_is_counted_as_each_dialect_does_and_back(int chars, int characters, int bytes) {
        CitedText text = new CitedText();
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
        CitedText text = CitedText.of(TEXT);

        assertThat(text.afterCharacters(count)).isEqualTo(place);
        assertThat(text.afterBytes(count)).isEqualTo(place);
        assertThat(text.length()).isEqualTo(6);
    }
}
