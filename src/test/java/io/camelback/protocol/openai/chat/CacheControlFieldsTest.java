package io.camelback.protocol.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.testkit.OpenAiFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cache_control} on its way from a caller to a provider that knows it (docs/wire-formats.md 1.8). */
class CacheControlFieldsTest {
    private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";
    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"A\"" + MARK
            + "},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"B\"" + MARK + "}]},"
            + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"C\"" + MARK
            + "}]}]}";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "openrouter,true",
        "acme,true",
        "nanogpt,true",
        "openai,false",
        "azure,false",
        "groq,false",
        "mistral,false",
        "deepseek,false"
    })
    void a_callers_own_marks_reach_those_who_may_know_them(String provider, boolean kept) {
        ObjectNode body = OpenAiFixtures.DIALECT.writeRequest(chat(), target(provider), false);

        assertThat(Json.text(body).contains("cache_control")).isEqualTo(kept);
        assertThat(Json.text(body)).contains("\"A\"", "\"B\"", "\"C\"");
    }

    @Test
    void a_mark_stands_on_the_same_text_at_anthropic() {
        ObjectNode body = new AnthropicProviderCodec().writeRequest(chat(), target("anthropic"), false);

        assertThat(body.at("/system/0").toString()).isEqualTo("{\"type\":\"text\",\"text\":\"A\"" + MARK + "}");
        assertThat(body.at("/messages/0/content/0").toString())
                .isEqualTo("{\"type\":\"text\",\"text\":\"B\"" + MARK + "}");
        JsonNode result = body.at("/messages/2/content/0");
        assertThat(result.path("cache_control").path("type").asText())
                .as("on the block itself")
                .isEqualTo("ephemeral");
        assertThat(result.path("content").findValue("cache_control")).isNull();
    }

    @Test
    void of_more_than_four_the_last_four_stay() {
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            parts.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"text\",\"text\":\"")
                    .append(i)
                    .append('"')
                    .append(MARK)
                    .append('}');
        }
        ChatRequest request = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.json(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}"));

        JsonNode blocks = new AnthropicProviderCodec()
                .writeRequest(request, target("anthropic"), false)
                .at("/messages/0/content");

        List<Boolean> marked = new ArrayList<>();
        blocks.forEach(block -> marked.add(block.has("cache_control")));
        assertThat(marked).containsExactly(false, false, true, true, true, true);
    }

    @Test
    void those_of_an_anthropic_caller_reach_openrouter() {
        ChatRequest request = new AnthropicClientCodec()
                .readRequest(OpenAiFixtures.json(
                        "{\"model\":\"m\",\"max_tokens\":9,\"system\":[" + "{\"type\":\"text\",\"text\":\"A\"" + MARK
                                + "}],\"messages\":[{\"role\":\"user\",\"content\":\"B\"}]}"));

        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(request, target("openrouter"), false)
                        .at("/messages/0/content/0")
                        .toString())
                .isEqualTo("{\"type\":\"text\",\"text\":\"A\"" + MARK + "}");
        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(request, target("openai"), false)
                        .at("/messages/0/content")
                        .asText())
                .isEqualTo("A");
    }

    @Test
    void those_on_tools_and_on_the_whole_request_reach_openrouter_and_anthropic_from_either_dialect() {
        String rest = "\"messages\":[{\"role\":\"user\",\"content\":\"B\"}]" + MARK + "}";
        ChatRequest claude = new AnthropicClientCodec()
                .readRequest(OpenAiFixtures.json("{\"model\":\"m\",\"max_tokens\":9,\"tools\":["
                        + "{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}" + MARK + "}]," + rest));
        String function = "{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"";
        ChatRequest inside = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.json(function + MARK + "}}]," + rest));
        ChatRequest beside =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.json(function + "}" + MARK + "}]," + rest));

        for (ChatRequest request : List.of(claude, inside, beside)) {
            ObjectNode anthropic = new AnthropicProviderCodec()
                    .writeRequest(
                            request.withHistory(request.messages(), request == claude ? null : request.original()),
                            target("anthropic"),
                            false);
            assertThat(anthropic.at("/tools/0").has("cache_control")).isTrue();
            assertThat(anthropic.has("cache_control")).isEqualTo(request != claude);
            assertThat(Json.text(OpenAiFixtures.DIALECT.writeRequest(request, target("openrouter"), false))
                            .split("cache_control"))
                    .as("twice")
                    .hasSize(3);
            assertThat(Json.text(OpenAiFixtures.DIALECT.writeRequest(request, target("openai"), false)))
                    .doesNotContain("cache_control");
        }
    }

    @Test
    void one_for_the_whole_request_and_one_of_a_tool_count_among_the_four() {
        String part = "{\"type\":\"text\",\"text\":\"A\"" + MARK + "}";
        ChatRequest request =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.json("{\"model\":\"m\"" + MARK + ",\"tools\":["
                        + "{\"type\":\"function\",\"function\":{\"name\":\"f\"}" + MARK
                        + "}],\"messages\":[{\"role\":\"user\",\"content\":["
                        + String.join(",", part, part, part) + "]}]}"));

        ObjectNode body = new AnthropicProviderCodec().writeRequest(request, target("anthropic"), false);

        assertThat(body.at("/tools/0").has("cache_control")).isFalse();
        assertThat(Json.text(body).split("cache_control")).hasSize(5);
    }

    private static ChatRequest chat() {
        return OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.json(CHAT));
    }

    private static ProviderModel target(String provider) {
        return new ProviderModel("m", 0, Set.of(), provider);
    }
}
