package io.camelback.protocol.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.feature.FeatureSupport.Level;
import io.camelback.testkit.TestProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of features tells the truth, and the documentation tells the table. */
class ProtocolFeatureTest {
    private static final Path DOCUMENT = Path.of("docs/dialects.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end of table -->\n";

    static Stream<Arguments> cells() {
        return FeatureProof.all().stream()
                .flatMap(proof ->
                        Stream.of(TestProtocol.values()).map(target -> Arguments.of(proof.feature(), target, proof)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("cells")
    void a_cell_is_true(ProtocolFeature feature, TestProtocol target, FeatureProof proof) {
        Level way = feature.at(target.key()).way();

        switch (way) {
            case SKIPPED ->
                assertThatThrownBy(() -> proof.body(target, true)).isInstanceOf(UnsupportedFeatureException.class);
            case EMULATED ->
                assertThat(proof.body(target, true) + proof.cutAt(target, true))
                        .contains(proof.expected(target))
                        .isNotEqualTo(proof.body(target, false) + proof.cutAt(target, false));
            case DROPPED -> assertThat(proof.body(target, true)).isEqualTo(proof.body(target, false));
            default -> {
                assertThat(proof.body(target, true)).contains(proof.expected(target));
                assertThat(proof.body(target, false)).doesNotContain(proof.expected(target));
            }
        }
        assertThat(proof.expected(target) == null).isEqualTo(way == Level.SKIPPED || way == Level.DROPPED);
    }

    @Test
    void every_feature_is_proven_once() {
        assertThat(FeatureProof.all())
                .extracting(FeatureProof::feature)
                .containsExactlyInAnyOrder(ProtocolFeature.values());
    }

    @Test
    void what_is_converted_or_asked_for_in_words_is_explained() {
        assertThat(List.of(ProtocolFeature.values()))
                .allSatisfy(feature -> assertThat(Stream.of(TestProtocol.values())
                                .map(target -> feature.at(target.key()))
                                .filter(cell -> cell.way() == Level.CONVERTED || cell.way() == Level.EMULATED))
                        .allSatisfy(cell -> assertThat(cell.note()).isNotEmpty()));
    }

    @Test
    void a_dialect_that_does_not_exist_has_no_column() {
        assertThatThrownBy(() -> ProtocolFeature.TEXT.at("cohere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no dialect cohere");
    }

    /** {@code -Dcamelback.golden=write} writes it anew. */
    @Test
    void the_documentation_holds_the_table() throws IOException {
        String text = Files.readString(DOCUMENT);
        String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        String written = before + FeatureTable.markdown() + text.substring(text.indexOf(END));
        if ("write".equals(System.getProperty("camelback.golden"))) {
            Files.writeString(DOCUMENT, written);
        } else {
            assertThat(text).isEqualTo(written);
        }
    }
}
