package io.camelback.protocol.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.ChatRequest;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.support.WebSearchTool;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that a provider runs itself, for a target of another dialect. */
class ProviderToolsTest {
    private static final String CLAUDE = "'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}],";
    private static final String CHAT = "'model':'m','messages':[{'role':'user','content':'Hi'}],";
    private static final String RESPONSES = "'model':'m','input':'Hi',";
    private static final String GEMINI = "'contents':[{'role':'user','parts':[{'text':'Hi'}]}],";

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ANTHROPIC|'tools':[{'type':'bash_20250124','name':'bash'}]|bash_20250124",
                "ANTHROPIC|'tools':[{'type':'web_search_20250305','name':'w'},{'type':'bash_20250124','name':'bash'}]|web_search_20250305",
                "ANTHROPIC|'tools':[{'name':'a','input_schema':{}},{'type':'web_search_20250305','name':'w'}],"
                        + "'tool_choice':{'type':'tool','name':'w'}|web_search_20250305",
                "OPENAI|'tools':[{'type':'browser'}]|browser",
                "RESPONSES|'tools':[{'type':'mcp','server_label':'m','server_url':'https://m'}]|mcp",
                "RESPONSES|'tools':[{'type':'function','name':'a'},{'type':'file_search'}],'tool_choice':{'type':'file_search'}|file_search",
                "GEMINI|'tools':[{'codeExecution':{}}]|codeExecution"
            })
    void a_request_that_comes_to_nothing_without_them_passes_the_target_over(
            TestProtocol endpoint, String fields, String tool) {
        assertThatThrownBy(() -> ProviderTools.search(request(endpoint, fields), "other", true))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("the tool " + tool + ", which its provider runs");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ANTHROPIC|'tools':[{'name':'a','input_schema':{}},{'type':'bash_20250124','name':'bash'}],'tool_choice':{'type':'any'}",
                "ANTHROPIC|'tools':[{'type':'bash_20250124','name':'bash'}],'tool_choice':{'type':'none'}",
                "RESPONSES|'tools':[{'type':'function','name':'a'},{'type':'web_search'}],'tool_choice':'required'",
                "RESPONSES|'tools':[{'type':'web_search'}],'tool_choice':'none'",
                "RESPONSES|'tools':[{'type':'custom','name':'a'},{'type':'image_generation'}]",
                "OPENAI|'tools':[{'type':'custom','custom':{'name':'a'}}]",
                "GEMINI|'tools':[{'functionDeclarations':[{'name':'a'}]},{'googleSearch':{}}]",
                "GEMINI|'tools':[{'function_declarations':[{'name':'a'}]}]"
            })
    void beside_the_callers_own_they_are_left_out(TestProtocol endpoint, String fields) {
        assertThat(ProviderTools.search(request(endpoint, fields), "other", true))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ANTHROPIC|'tools':[{'type':'web_search_20250305','name':'w','blocked_domains':['b.example']}]|[]|[b.example]|",
                "RESPONSES|'tools':[{'type':'web_search','filters':{'allowed_domains':['a.example']}}]|[a.example]|[]|",
                "RESPONSES|'tools':[{'type':'web_search_preview','user_location':{'type':'approximate','city':'Oslo'}}]|[]|[]|Oslo",
                "OPENAI|'web_search_options':{'user_location':{'type':'approximate','approximate':{'city':'Oslo'}}}|[]|[]|Oslo",
                "GEMINI|'tools':[{'google_search':{}}]|[]|[]|"
            })
    void a_search_alone_is_asked_of_any_maker_that_has_one(
            TestProtocol endpoint, String fields, String allowed, String blocked, String city) {
        WebSearchTool search =
                ProviderTools.search(request(endpoint, fields), "other", true).orElseThrow();

        assertThat(search.allowed()).hasToString(allowed);
        assertThat(search.blocked()).hasToString(blocked);
        assertThat(
                        search.location() == null
                                ? null
                                : search.location().path("city").asText())
                .isEqualTo(city);
        assertThatThrownBy(() -> ProviderTools.search(request(endpoint, fields), "other", false))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(ProviderTools.search(request(endpoint, fields), endpoint.key(), false))
                .as("its own dialect")
                .isEmpty();
    }

    @Test
    void a_request_made_in_java_has_none() {
        assertThat(ProviderTools.search(ChatRequest.of("m", "Hi"), "anthropic", true))
                .isEmpty();
    }

    private static ChatRequest request(TestProtocol endpoint, String fields) {
        String plain = switch (endpoint) {
            case OPENAI -> CHAT;
            case ANTHROPIC -> CLAUDE;
            case GEMINI -> GEMINI;
            case RESPONSES -> RESPONSES;
        };
        return endpoint.read(ProtocolCorpus.object(("{" + plain + fields + "}").replace('\'', '"')));
    }
}
