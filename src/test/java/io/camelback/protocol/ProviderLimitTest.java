package io.camelback.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of limits beside the codecs. */
class ProviderLimitTest {
    private static final List<String> FORMATS =
            List.of(ProtocolNames.OPENAI, ProtocolNames.RESPONSES, ProtocolNames.ANTHROPIC, ProtocolNames.GEMINI);
    private static final List<String> MAKERS = List.of(
            "openai", "azure", "openrouter", "local", "mistral", "groq", "xai", "minimax", "deepseek", "zai", "acme");

    @Test
    void every_limit_is_some_maker_s_and_has_a_title_and_a_public_source() {
        Set<ProviderLimit> told = EnumSet.noneOf(ProviderLimit.class);
        for (String format : FORMATS) {
            for (String maker : MAKERS) {
                told.addAll(ProviderLimit.of(format, maker));
                assertThat(ProviderLimit.rows(format, maker).values())
                        .as("%s of %s", format, maker)
                        .isNotEmpty()
                        .allSatisfy(row -> {
                            assertThat(row.source()).startsWith("https://");
                            assertThat(row.title()).isNotBlank().doesNotContain("%s");
                        });
            }
        }
        assertThat(told).containsExactlyInAnyOrder(ProviderLimit.values());
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({"openai, openai, 40", "openai, mistral, 9", "openai, acme, 40", "responses, openai, 64"})
    void a_limit_may_have_a_number(String format, String maker, int most) {
        assertThat(ProviderLimit.number(format, maker, ProviderLimit.CALL_ID)).isEqualTo(most);
    }

    @Test
    void what_has_no_number_is_no_number() {
        assertThatThrownBy(() -> ProviderLimit.number("gemini", "gemini", ProviderLimit.CALL_ID))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ProviderLimit.of("nothing", "openai")).isEmpty();
        assertThat(ProviderLimit.of("openai", null)).isEqualTo(ProviderLimit.of("openai", "acme"));
    }
}
