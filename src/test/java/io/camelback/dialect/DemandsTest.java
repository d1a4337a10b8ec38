package io.camelback.dialect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandsTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "openai|{'modalities':['text','audio']}|audio output",
        "gemini|{'generationConfig':{'responseModalities':['AUDIO']}}|audio output",
        "gemini|{'generation_config':{'response_modalities':['Image']}}|image output",
        "gemini|{'cached_content':'cachedContents/a'}|content that is cached at Google"})
    void what_no_other_dialect_has_passes_its_targets_over(String dialect, String body, String reason) {
        ChatRequest request = request(dialect, body);

        assertThatThrownBy(() -> Demands.check(request, "anthropic")).isInstanceOf(Untranslatable.class).hasMessage(reason);
        assertThatCode(() -> Demands.check(request, dialect)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "openai|{'logprobs':false,'modalities':['text'],'logit_bias':{},'seed':1}",
        "gemini|{'generationConfig':{'responseModalities':['TEXT'],'responseLogprobs':false},'cachedContent':null}",
        "responses|{'include':['reasoning.encrypted_content'],'top_logprobs':2}",
        "anthropic|{'container':'c_1','mcp_servers':[]}"})
    void a_hint_is_no_demand(String dialect, String body) {
        assertThatCode(() -> Demands.check(request(dialect, body), "other")).doesNotThrowAnyException();
    }

    @Test
    void a_request_made_in_java_demands_nothing_more() {
        assertThatCode(() -> Demands.check(ChatRequest.of("m", "Hi"), "anthropic")).doesNotThrowAnyException();
    }

    private static ChatRequest request(String dialect, String body) {
        ChatRequest.Original original = new ChatRequest.Original(dialect, Corpus.object(body.replace('\'', '"')));
        return ChatRequest.builder("m").original(original).build();
    }
}
