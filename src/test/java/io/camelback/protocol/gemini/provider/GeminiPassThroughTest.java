package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.testkit.GeminiFixtures;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiPassThroughTest {
    private static final String HI = "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]";
    private static final String MARK =
            ForeignThinkingCarrier.pack(List.of(new Part.Thinking("hm", "EqQB", null, "anthropic")));
    private static final String STAND_IN = "\"thoughtSignature\":\"skip_thought_signature_validator\"";

    static Stream<Arguments> refused() {
        return Stream.of(
                row(UnsupportedParameter.TEMPERATURE, "{\"temperature\":1.0,\"x\":1.50}", "{\"x\":1.50}"),
                row(UnsupportedParameter.TOP_P, "{\"top_p\":1,\"topK\":2}", "{\"topK\":2}"),
                row(UnsupportedParameter.TOP_K, "{\"topP\":1,\"topK\":2}", "{\"topP\":1}"),
                row(UnsupportedParameter.SEED, "{\"topP\":1,\"seed\":2}", "{\"topP\":1}"),
                row(
                        UnsupportedParameter.PENALTIES,
                        "{\"presencePenalty\":1,\"frequency_penalty\":2,\"seed\":1}",
                        "{\"seed\":1}"),
                row(UnsupportedParameter.STOP, "{\"stopSequences\":[\"a\"],\"seed\":1}", "{\"seed\":1}"),
                row(UnsupportedParameter.LOGPROBS, "{\"responseLogprobs\":false,\"seed\":1}", "{\"seed\":1}"),
                row(
                        UnsupportedParameter.EFFORT,
                        "{\"thinkingConfig\":{\"thinkingBudget\":1},\"seed\":1}",
                        "{\"seed\":1}"));
    }

    private static Arguments row(UnsupportedParameter refusal, String config, String expected) {
        return Arguments.of(refusal, config, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void leaves_out_what_the_target_refuses_and_nothing_else(
            UnsupportedParameter refusal, String config, String expected) {
        String body = "{\"generationConfig\":" + config + "," + HI + "}";

        assertThat(passed(body, "gemini-2.5-pro", refusal))
                .isEqualTo("{\"generationConfig\":" + expected + "," + HI + "}");
        assertThat(passed(body, "gemini-2.5-pro")).isEqualTo(body);
    }

    @Test
    void a_configuration_that_was_emptied_is_left_out() {
        assertThat(passed(
                        "{" + HI + ",\"generation_config\":{\"topP\":1}}",
                        "gemini-2.5-pro",
                        UnsupportedParameter.TOP_P))
                .isEqualTo("{" + HI + "}");
    }

    @Test
    void a_schema_that_is_refused_is_said_in_words() {
        String body = "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]}," + HI + ",\"generationConfig\":{"
                + "\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"OBJECT\"}}}";

        assertThat(passed(body, "gemini-2.5-pro", UnsupportedParameter.JSON_SCHEMA))
                .isEqualTo("{" + HI
                        + ",\"generationConfig\":{\"responseMimeType\":\"application/json\"},\"systemInstruction\":{\"parts\":["
                        + "{\"text\":\"Be brief.\"},{\"text\":\"Answer with one JSON object and nothing else: no prose, no code fence."
                        + " It must be valid against this JSON Schema:\\n{\\\"type\\\":\\\"OBJECT\\\"}\"}]}}");
        assertThat(passed(body, "gemini-2.5-pro", UnsupportedParameter.JSON_MODE))
                .doesNotContain("generationConfig")
                .contains("JSON Schema");
    }

    @Test
    void a_forced_choice_that_is_refused_is_said_in_words() {
        String body = "{" + HI + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"a\"}]}],\"toolConfig\":{"
                + "\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"a\"]},\"retrievalConfig\":{}}}";

        assertThat(passed(body, "gemini-2.5-pro", UnsupportedParameter.FORCED_TOOL_CHOICE))
                .contains(
                        "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"AUTO\"},\"retrievalConfig\":{}}",
                        "\"systemInstruction\":{\"parts\":[{\"text\":\"Answer by calling the tool a.\"}]}");
    }

    @Test
    void a_bare_system_instruction_becomes_a_content() {
        assertThat(passed("{\"system_instruction\":\"Be brief.\"," + HI + "}", "gemini-2.5-pro"))
                .isEqualTo("{" + HI + ",\"system_instruction\":{\"parts\":[{\"text\":\"Be brief.\"}]}}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "TOOLS, tools, '\"tools\":[{\"googleSearch\":{}}],\"contents\":[]'",
        "IMAGES, images, '\"contents\":[{\"parts\":[{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\"iVBO\"}}]}]'"
    })
    void gives_up_where_the_answer_would_be_another_one(UnsupportedParameter refusal, String feature, String fields) {
        assertThatThrownBy(() -> passed("{" + fields + "}", "gemini-2.5-pro", refusal))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(feature);
        assertThat(passed("{" + fields + "}", "gemini-2.5-pro")).isEqualTo("{" + fields + "}");
    }

    @Test
    void a_turn_of_the_model_at_the_end_is_followed_by_one_of_the_user_s_where_it_is_refused() {
        String body = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"He\"}]}";

        assertThat(passed(body + "]}", "gemini-2.5-pro")).isEqualTo(body + "]}");
        assertThat(passed(body + "]}", "gemini-2.5-pro", UnsupportedParameter.PREFILL))
                .isEqualTo(body + ",{\"role\":\"user\",\"parts\":[{\"text\":\"Continue.\"}]}]}");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-2.5-flash|{\"includeThoughts\":true,\"thinkingLevel\":\"HIGH\"}|{\"includeThoughts\":true,"
                        + "\"thinkingBudget\":24576}",
                "gemini-2.5-pro|{\"thinking_level\":\"low\"}|{\"thinkingBudget\":1024}",
                "gemini-3-pro|{\"thinkingLevel\":\"HIGH\"}|{\"thinkingLevel\":\"HIGH\"}",
                "gemini-2.5-pro|{\"thinkingBudget\":777}|{\"thinkingBudget\":777}"
            })
    void a_level_of_thinking_becomes_a_budget_for_models_that_know_none(
            String model, String thinking, String expected) {
        assertThat(passed("{" + HI + ",\"generationConfig\":{\"thinkingConfig\":" + thinking + "}}", model))
                .isEqualTo("{" + HI + ",\"generationConfig\":{\"thinkingConfig\":" + expected + "}}");
    }

    @Test
    void gemma_gets_its_system_instruction_in_the_first_turn() {
        ObjectNode body =
                GeminiFixtures.parse("{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]}," + HI + "}");
        ChatRequest request = new GeminiClientCodec().readRequest(body, "auto", false);

        assertThat(Json.text(new GeminiProviderCodec()
                        .writeRequest(request, new ProviderModel("gemma-3-27b-it", 0, Set.of(), "gemini"), false)))
                .isEqualTo(
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Be brief.\"},{\"text\":\"Hi\"}]}]}");
    }

    static Stream<Arguments> histories() {
        String hi = "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}";
        String result = "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"a\",\"response\":{}}}]}";
        String call = "{\"functionCall\":{\"id\":\"toolu_1\",\"name\":\"a\",\"args\":{}}";
        String marked = ",\"thoughtSignature\":\"" + MARK + "\"}";
        return Stream.of(
                Arguments.of(
                        "trap 9: a call of another provider is signed by the stand-in",
                        "gemini-3-pro",
                        hi + "," + model(call + "}") + "," + result,
                        hi + "," + model(call + "," + STAND_IN + "}") + "," + result),
                Arguments.of(
                        "trap 12: foreign thinking does not reach Gemini 3",
                        "gemini-4-argon",
                        hi + "," + model(call + marked + "," + call + "}") + "," + result,
                        hi + "," + model(call + "," + STAND_IN + "}," + call + "}") + "," + result),
                Arguments.of(
                        "trap 12: foreign thinking does not reach Gemini 2.5",
                        "gemini-2.5-pro",
                        hi + "," + model(call + marked) + "," + result,
                        hi + "," + model(call + "}") + "," + result),
                Arguments.of(
                        "nor in an earlier turn, which needs no stand-in",
                        "gemini-3-pro",
                        hi + "," + model(call + marked) + "," + result + "," + model("{\"text\":\"x\"" + marked) + ","
                                + hi,
                        hi + "," + model(call + "}") + "," + result + "," + model("{\"text\":\"x\"}") + "," + hi),
                Arguments.of(
                        "a part that was only a carrier is left out",
                        "gemini-2.5-pro",
                        hi + "," + model("{\"text\":\"\"" + marked) + "," + hi,
                        hi + "," + hi),
                Arguments.of(
                        "Gemini's own signatures stay",
                        "gemini-3-pro",
                        hi + "," + model(call + ",\"thoughtSignature\":\"CgA=\"}," + call + "}") + "," + result,
                        hi + "," + model(call + ",\"thoughtSignature\":\"CgA=\"}," + call + "}") + "," + result),
                Arguments.of(
                        "every step of the current turn is signed",
                        "gemini-3-pro",
                        hi + "," + model(call + "}") + "," + result + "," + model(call + "}") + "," + result,
                        hi + "," + model(call + "," + STAND_IN + "}") + "," + result + ","
                                + model(call + "," + STAND_IN + "}") + ","
                                + result));
    }

    private static String model(String parts) {
        return "{\"role\":\"model\",\"parts\":[" + parts + "]}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void a_history_of_several_providers_becomes_one_that_gemini_takes(
            String name, String model, String given, String expected) {
        assertThat(passed("{\"contents\":[" + given + "]}", model)).isEqualTo("{\"contents\":[" + expected + "]}");
    }

    @Test
    void a_marked_signature_is_known_in_both_alphabets_of_base64() {
        List<Part.Thinking> blocks = List.of(
                new Part.Thinking("ü?>~ÿ", "Eq+/==", null, "anthropic"),
                new Part.Thinking("", null, "b64", "responses"));
        String marked = ForeignThinkingCarrier.pack(blocks);

        assertThat(ForeignThinkingCarrier.isMarked(marked)).isTrue();
        assertThat(ForeignThinkingCarrier.unpack(marked)).isEqualTo(blocks);
        assertThat(ForeignThinkingCarrier.unpack(
                        marked.replace('+', '-').replace('/', '_').replace("=", "")))
                .isEqualTo(blocks);
        assertThat(ForeignThinkingCarrier.unpack(marked.substring(0, 40))).isEmpty();
        assertThat(ForeignThinkingCarrier.isMarked("CgSIG")).isFalse();
    }

    private static String passed(String body, String model, UnsupportedParameter... refuses) {
        Set<UnsupportedParameter> all = EnumSet.noneOf(UnsupportedParameter.class);
        all.addAll(List.of(refuses));
        ObjectNode original = GeminiFixtures.parse(body);
        ChatRequest request = ChatRequest.builder("auto")
                .original(new ChatRequest.Original("gemini", original))
                .build();
        String written = Json.text(
                new GeminiProviderCodec().writeRequest(request, new ProviderModel(model, 0, all, "gemini"), false));
        assertThat(Json.text(original)).isEqualTo(body);
        return written;
    }
}
