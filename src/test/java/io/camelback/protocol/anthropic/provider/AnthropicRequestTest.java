package io.camelback.protocol.anthropic.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.testkit.AnthropicFixtures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole requests: what a caller asked for, and the bytes Anthropic shall see. */
class AnthropicRequestTest {
    private static final AnthropicProviderCodec DIALECT = new AnthropicProviderCodec();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void writes_what_anthropic_expects(AnthropicRequestCases known) throws Exception {
        ObjectNode written = DIALECT.writeRequest(known.request, known.target, known.stream);

        assertThat(Json.read(Json.bytes(written)).toPrettyString())
                .isEqualTo(AnthropicFixtures.json(known.fixture()).toPrettyString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void writing_again_gives_the_same_and_changes_nothing(AnthropicRequestCases known) {
        String before = known.request.toString();
        byte[] first = Json.bytes(DIALECT.writeRequest(known.request, known.target, known.stream));

        assertThat(Json.bytes(DIALECT.writeRequest(known.request, known.target, known.stream)))
                .isEqualTo(first);
        assertThat(known.request.toString()).isEqualTo(before);
    }
}
