package io.camelback.protocol.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who asks what would become of a request is told of each row that it touches, and of no other. */
class RequestFeaturesTest {
    /** Their proofs compare with a request that says another text or name. */
    private static final Set<ProtocolFeature> ALWAYS =
            EnumSet.of(ProtocolFeature.TEXT, ProtocolFeature.FILE_NAME, ProtocolFeature.SCHEMA_NAME);

    static Stream<Arguments> rows() {
        return FeatureProof.all().stream()
                .filter(proof -> proof.feature() != ProtocolFeature.UNKNOWN)
                .map(proof -> Arguments.of(proof.feature(), proof));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_row_is_found_in_the_request_that_proves_it(ProtocolFeature feature, FeatureProof proof) {
        assertThat(RequestFeatures.of(proof.request(true))).contains(feature);
        assertThat(RequestFeatures.of(proof.request(false)).contains(feature)).isEqualTo(ALWAYS.contains(feature));
    }
}
