package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.json.Json;
import io.camelback.protocol.gemini.GeminiModelTraits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiThinkingTest {

    @ParameterizedTest(name = "{0} {1}, at most {2} -> thoughts {3}, {4}")
    @CsvSource({
        "gemini-3-flash-preview, NONE,    ,      false, minimal",
        "gemini-3-flash-preview, MINIMAL, ,      true,  minimal",
        "gemini-3-flash-preview, LOW,     100,   true,  low",
        "gemini-3.7-flash,       NONE,    ,      false, low",
        "gemini-3.10-flash,      MINIMAL, ,      true,  low",
        "gemini-3.1-pro,         MINIMAL, ,      true,  low",
        "gemini-3.1-pro,         MEDIUM,  ,      true,  medium",
        "gemini-4-flash,         NONE,    ,      false, low",
        "models/gemini-4-pro,    HIGH,    ,      true,  high",
        "gemini-4-pro,           XHIGH,   ,      true,  high",
        "gemini-4-pro,           MAX,     ,      true,  high",
        "gemini-flash-latest,    MINIMAL, ,      true,  low",
        "gemini-2.5-flash,       NONE,    ,      false, 0",
        "gemini-2.5-flash,       MINIMAL, ,      true,  1024",
        "gemini-2.5-flash,       LOW,     ,      true,  1024",
        "gemini-2.5-flash,       MEDIUM,  ,      true,  8192",
        "gemini-2.5-flash,       HIGH,    ,      true,  24576",
        "gemini-2.5-flash,       MAX,     1000,  true,  500",
        "gemini-2.5-flash,       MAX,     1,     false, 0",
        "gemini-2.5-flash-lite,  LOW,     1000,  false, 0",
        "gemini-2.5-flash-lite,  LOW,     1024,  true,  512",
        "gemini-2.5-pro,         NONE,    ,      false, 128",
        "gemini-2.5-pro,         HIGH,    ,      true,  32768",
        "gemini-2.5-pro,         HIGH,    100,   true,  128"
    })
    void climbs_the_ladder(String model, Effort effort, Integer maxOutput, boolean thoughts, String sent) {
        ObjectNode config = GeminiThinking.config(effort, GeminiModelTraits.of(model), maxOutput);
        String field =
                Character.isDigit(sent.charAt(0)) ? "\"thinkingBudget\":" + sent : "\"thinkingLevel\":\"" + sent + "\"";

        assertThat(Json.text(config)).isEqualTo("{" + (thoughts ? "\"includeThoughts\":true," : "") + field + "}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "gemini-3-pro,",
        "gemini-2.5-pro,",
        "gemini-2.0-flash, HIGH",
        "gemini-1.5-pro, LOW",
        "gemma-3-27b-it, HIGH",
        "tuned, NONE"
    })
    void says_nothing_where_nothing_was_asked_or_nothing_is_known(String model, Effort effort) {
        assertThat(GeminiThinking.config(effort, GeminiModelTraits.of(model), null))
                .isNull();
    }
}
