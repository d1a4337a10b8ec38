package io.camelback.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import io.camelback.testkit.OpenAiFixtures;
import org.junit.jupiter.api.Test;

class OpenAiSharedFieldsTest {
    private static final String CHAT = "{\"model\":\"m\",\"service_tier\":\"flex\",\"prompt_cache_key\":\"s-1\","
            + "\"verbosity\":\"low\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Test
    void openais_hints_go_from_chat_to_responses() {
        ObjectNode body = new OpenAiResponsesProviderCodec()
                .writeRequest(OpenAiFixtures.request(CHAT), OpenAiFixtures.target("openai"), false);

        assertThat(body.path("service_tier").asText()).isEqualTo("flex");
        assertThat(body.path("prompt_cache_key").asText()).isEqualTo("s-1");
        assertThat(body.path("text").path("verbosity").asText()).isEqualTo("low");
    }

    @Test
    void openais_hints_go_from_responses_to_chat_but_for_a_tier_that_it_does_not_have() {
        ObjectNode flex = fromResponses("flex");
        ObjectNode ultrafast = fromResponses("ultrafast");

        assertThat(flex.path("service_tier").asText()).isEqualTo("flex");
        assertThat(flex.path("verbosity").asText()).isEqualTo("high");
        assertThat(ultrafast.has("service_tier")).isFalse();
        assertThat(ultrafast.path("prompt_cache_key").asText()).isEqualTo("k");
    }

    @Test
    void other_servers_are_told_none_of_it() {
        ObjectNode body = new OpenAiResponsesProviderCodec()
                .writeRequest(OpenAiFixtures.request(CHAT), OpenAiFixtures.target("local"), false);

        assertThat(body.has("service_tier") || body.has("prompt_cache_key") || body.has("text"))
                .isFalse();
    }

    private static ObjectNode fromResponses(String tier) {
        ChatRequest request = new OpenAiResponsesClientCodec()
                .readRequest(OpenAiFixtures.json("{\"model\":\"m\",\"input\":\"Hi\"," + "\"service_tier\":\"" + tier
                        + "\",\"prompt_cache_key\":\"k\",\"text\":{\"verbosity\":\"high\"}}"));
        return OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("openai"), false);
    }
}
