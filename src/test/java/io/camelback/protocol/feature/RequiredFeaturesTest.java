package io.camelback.protocol.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredFeaturesTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openai|{'modalities':['text','audio']}|audio output",
                "gemini|{'generationConfig':{'responseModalities':['AUDIO']}}|audio output",
                "gemini|{'generation_config':{'response_modalities':['Image']}}|image output",
                "gemini|{'cached_content':'cachedContents/a'}|content that is cached at Google"
            })
    void what_no_other_dialect_has_passes_its_targets_over(String dialect, String body, String reason) {
        ChatRequest request = request(dialect, body);

        assertThatThrownBy(() -> RequiredFeatures.check(request, "anthropic"))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(reason);
        assertThatCode(() -> RequiredFeatures.check(request, dialect)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openai|{'logprobs':false,'modalities':['text'],'logit_bias':{},'seed':1}",
                "gemini|{'generationConfig':{'responseModalities':['TEXT'],'responseLogprobs':false},'cachedContent':null}",
                "responses|{'include':['reasoning.encrypted_content'],'top_logprobs':2}",
                "anthropic|{'container':'c_1','mcp_servers':[]}"
            })
    void a_hint_is_no_demand(String dialect, String body) {
        assertThatCode(() -> RequiredFeatures.check(request(dialect, body), "other"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openai|OPENAI|{'modalities':['text','image']}",
                "openai|GEMINI|{'modalities':['image','text']}",
                "gemini|OPENAI|{'generationConfig':{'responseModalities':['IMAGE']}}",
                "gemini|GEMINI|{'generation_config':{'response_modalities':['Image']}}"
            })
    void an_image_is_asked_of_those_that_have_them(String dialect, TestProtocol tongue, String body) {
        ChatRequest request = request(dialect, body)
                .withHistory(
                        List.of(Message.user("A camel")), request(dialect, body).original());
        ProviderModel refusing = new ProviderModel("m", 0, Set.of(UnsupportedParameter.IMAGE_OUTPUT), "acme");

        assertThat(Json.text(tongue.dialect.writeRequest(request, tongue.target, false)))
                .containsIgnoringCase("\"image\"");
        assertThatThrownBy(() -> tongue.dialect.writeRequest(request, refusing, false))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("image output");
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPENAI|OPENAI|{'logprobs':true}",
                "OPENAI|GEMINI|{'logprobs':true}",
                "OPENAI|RESPONSES|{'logprobs':true}",
                "RESPONSES|RESPONSES|{'include':['message.output_text.logprobs']}",
                "GEMINI|GEMINI|{'generationConfig':{'responseLogprobs':true}}"
            })
    void log_probabilities_that_are_refused_pass_a_target_over_in_its_own_dialect_too(
            TestProtocol endpoint, TestProtocol tongue, String wish) {
        ObjectNode body = ProtocolCorpus.object(
                endpoint == TestProtocol.GEMINI
                        ? "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}"
                        : endpoint == TestProtocol.RESPONSES
                                ? "{\"model\":\"m\",\"input\":\"Hi\"}"
                                : "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        ChatRequest request = endpoint.read(body.setAll(ProtocolCorpus.object(wish.replace('\'', '"'))));
        ProviderModel refusing = new ProviderModel("m", 0, Set.of(UnsupportedParameter.LOGPROBS), "acme");

        assertThat(Json.text(tongue.dialect.writeRequest(request, tongue.target, false)))
                .containsIgnoringCase("logprobs");
        assertThatThrownBy(() -> tongue.dialect.writeRequest(request, refusing, false))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("log probabilities");
    }

    @Test
    void a_request_made_in_java_demands_nothing_more() {
        assertThatCode(() -> RequiredFeatures.check(ChatRequest.of("m", "Hi"), "anthropic"))
                .doesNotThrowAnyException();
    }

    private static ChatRequest request(String dialect, String body) {
        ChatRequest.Original original =
                new ChatRequest.Original(dialect, ProtocolCorpus.object(body.replace('\'', '"')));
        return ChatRequest.builder("m").original(original).build();
    }
}
