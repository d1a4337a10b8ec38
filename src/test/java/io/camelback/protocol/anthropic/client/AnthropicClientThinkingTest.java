package io.camelback.protocol.anthropic.client;

import static io.camelback.protocol.anthropic.client.AnthropicRequestBodies.message;
import static io.camelback.protocol.anthropic.client.AnthropicRequestBodies.with;
import static io.camelback.testkit.AnthropicClientFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.testkit.AnthropicFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thinking, effort, and the signatures that callers send back. */
class AnthropicClientThinkingTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'x':1|",
                "'thinking':{'type':'disabled'}|NONE",
                "'thinking':{'type':'adaptive'}|MEDIUM",
                "'thinking':{'type':'between_tools'}|MEDIUM",
                "'thinking':{'type':'enabled','budget_tokens':1024}|LOW",
                "'thinking':{'type':'enabled','budget_tokens':2048}|LOW",
                "'thinking':{'type':'enabled','budget_tokens':2049}|MEDIUM",
                "'thinking':{'type':'enabled','budget_tokens':12000}|MEDIUM",
                "'thinking':{'type':'enabled','budget_tokens':12001}|HIGH",
                "'output_config':{'effort':'low'}|LOW",
                "'output_config':{'effort':'xhigh'}|XHIGH",
                "'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}|MAX",
                "'thinking':{'type':'enabled','budget_tokens':1024},'output_config':{'effort':'high'}|HIGH",
                "'thinking':{'type':'disabled'},'output_config':{'effort':'high'}|NONE"
            })
    void thinking_and_effort_are_one_ladder(String fields, Effort effort) {
        assertThat(request(with(fields).replace('\'', '"')).effort()).isEqualTo(effort);
    }

    @Test
    void trap_09_and_12_foreign_thinking_comes_back_as_its_own() {
        List<Message> messages = request(AnthropicFixtures.text("endpoint-foreign-thinking/request.json"))
                .messages();

        assertThat(messages.get(1).parts())
                .first()
                .isEqualTo(new Part.Thinking("Oslo first.", "EqQBCgIYAg==", null, "anthropic"));
        assertThat(messages.get(3).parts())
                .containsExactly(
                        new Part.Thinking("Hm.", "CgT+/=", null, "gemini"),
                        new Part.Thinking("", null, "gAAAAAB", "openai-responses"),
                        new Part.ToolCall("call_0_8d1f3a", "get_weather", "{\"city\":\"Oslo\"}", "CgCALL"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cb1:", "cb1:gemini", "cb1:gemini:%%%", "cb1:gemini:"})
    void a_damaged_mark_is_still_a_mark(String signature) {
        List<Part> parts = request(
                        message("{'role':'assistant','content':[{'type':'thinking','thinking':'Hm','signature':'"
                                        + signature + "'}]}")
                                .replace('\'', '"'))
                .messages()
                .get(0)
                .parts();

        assertThat(parts).singleElement().isInstanceOfSatisfying(Part.Thinking.class, thinking -> {
            assertThat(thinking.signature()).isNull();
            assertThat(thinking.origin()).isNotEqualTo("anthropic");
        });
    }
}
