package io.camelback.protocol;

import static io.camelback.protocol.TrapRequests.call;
import static io.camelback.protocol.TrapRequests.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.TrapRequests.To;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of docs/wire-formats.md, section 9 that lie between a caller's request and a provider of any dialect. */
class RequestTrapsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"OPENAI, 2", "RESPONSES, 2", "LOCAL, 1", "MISTRAL, 1", "ANTHROPIC, 1", "GEMINI, 1"})
    void trap_01_turns_of_one_role_are_joined_but_for_openai(To to, int turns) {
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(Message.user("One."))
                .message(Message.user("Two."))
                .build());

        assertThat(to.turns(body)).hasSize(turns);
        assertThat(Json.text(body)).containsSubsequence("One.", "Two.");
        if (to == To.LOCAL) {
            assertThat(to.turns(body).get(0).path("content").asText()).isEqualTo("One.\n\nTwo.");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_02_an_empty_text_is_never_sent(To to) {
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .message(Message.assistant(new Part.Text(""), call("a", "get", "{}")))
                .message(Message.toolResult("a", "42"))
                .message(new Message(Role.USER, List.of(new Part.Text(""), new Part.Text("Go on."))))
                .build());

        assertThat(Json.text(body))
                .doesNotContain("\"text\":\"\"", "\"content\":\"\"", "\"parts\":[]")
                .contains("Go on.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "OPENAI, max_completion_tokens",
        "GROQ, max_tokens",
        "MISTRAL, max_tokens",
        "LOCAL, max_tokens",
        "RESPONSES, max_output_tokens",
        "ANTHROPIC, max_tokens"
    })
    void trap_16_the_limit_is_sent_once_by_the_name_the_provider_knows(To to, String name) {
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .maxOutputTokens(100)
                .build());

        assertThat(Stream.of("max_tokens", "max_completion_tokens", "max_output_tokens")
                        .filter(body::has))
                .containsExactly(name);
        assertThat(body.path(name).intValue()).isEqualTo(100);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {true, false})
    void trap_28_usage_is_always_asked_for_but_where_the_field_is_refused(boolean refused) {
        ChatRequest request = endpoint("{'model':'m','stream':true,'messages':[{'role':'user','content':'Hi'}]}");
        ProviderModel target = new ProviderModel(
                "llama3", 0, refused ? Set.of(UnsupportedParameter.STREAM_OPTIONS) : Set.of(), "local");

        ObjectNode body = new OpenAiChatProviderCodec().writeRequest(request, target, true);

        assertThat(body.at("/stream_options/include_usage").asBoolean()).isEqualTo(!refused);
        assertThat(body.has("stream_options")).isEqualTo(!refused);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"OPENAI, true", "GROQ, true", "LOCAL, true", "GEMINI, false", "ANTHROPIC, false", "RESPONSES, false"})
    void trap_30_several_answers_come_from_who_can_give_them_or_from_nobody(To to, boolean can) {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .candidates(3)
                .build();

        if (can) {
            assertThat(to.write(request).path("n").intValue()).isEqualTo(3);
        } else {
            assertThatThrownBy(() -> to.write(request)).isInstanceOf(UnsupportedFeatureException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"OPENAI, true", "GROQ, false", "MISTRAL, false", "LOCAL, false", "ANTHROPIC, false", "GEMINI, false"})
    void trap_31_token_ids_never_reach_another_model_family(To to, boolean kept) {
        ObjectNode body = to.write(endpoint(
                "{'model':'gpt-6-sol','logit_bias':{'50256':-100}," + "'messages':[{'role':'user','content':'Hi'}]}"));

        assertThat(body.findPath("logit_bias").isObject()).isEqualTo(kept);
        assertThat(Json.text(body).contains("50256")).isEqualTo(kept);
    }

    @Test
    void trap_31_token_ids_are_kept_for_the_very_model_they_were_meant_for() {
        assertThat(To.LOCAL
                        .write(endpoint(
                                "{'model':'llama3','logit_bias':{'1':5},'messages':[{'role':'user','content':'Hi'}]}"))
                        .has("logit_bias"))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ANTHROPIC, url", "GEMINI, fileUri", "RESPONSES, image_url", "OPENAI, url"})
    void trap_32_an_image_stays_an_address_and_is_never_fetched_here(To to, String field) {
        String address = "https://images.invalid/cat.png";
        ObjectNode body = to.write(ChatRequest.builder("m")
                .message(new Message(
                        Role.USER, List.of(new Part.Text("What?"), new Part.Image(new Part.Media.Url(address), null))))
                .build());

        assertThat(to.turns(body).findValuesAsText(field)).contains(address);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ANTHROPIC, data", "GEMINI, data"})
    void trap_32_an_inline_image_is_sent_as_its_bytes(To to, String field) {
        ObjectNode body =
                to.write(endpoint("{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':"
                        + "{'url':'data:image/png;base64,iVBORw0KGgo=','detail':'auto'}}]}]}"));

        assertThat(to.turns(body).findPath(field).asText()).isEqualTo("iVBORw0KGgo=");
        assertThat(Json.text(body)).contains("image/png").doesNotContain("detail");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void trap_32_a_model_without_eyes_is_passed_over(To to) {
        ChatRequest request = ChatRequest.builder("m")
                .message(new Message(
                        Role.USER, List.of(new Part.Image(new Part.Media.Inline("image/png", "iVBORw0KGgo="), null))))
                .build();

        assertThatThrownBy(() -> to.write(request, UnsupportedParameter.IMAGES))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("image");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"LOCAL, DEVELOPER_ROLE, system", "OPENAI, , developer", "MISTRAL, DEVELOPER_ROLE, system"})
    void trap_35_a_developer_is_a_system_where_the_role_is_unknown(To to, UnsupportedParameter refusal, String role) {
        ChatRequest request = endpoint("{'model':'m','messages':[{'role':'developer','content':'Be brief.'},"
                + "{'role':'user','content':'Hi'}]}");
        ObjectNode body = refusal == null ? to.write(request) : to.write(request, refusal);

        assertThat(to.turns(body).get(0).path("role").asText()).isEqualTo(role);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GROQ", "MISTRAL", "RESPONSES", "ANTHROPIC", "GEMINI"})
    void trap_36_a_participants_name_goes_only_where_it_is_taken(To to) {
        ObjectNode body = to.write(
                endpoint("{'model':'m','messages':[{'role':'user','name':'alice_7','content':'Hi'}]}"),
                UnsupportedParameter.MESSAGE_NAME);

        assertThat(Json.text(body)).contains("Hi").doesNotContain("alice_7");
    }

    @Test
    void trap_36_openai_hears_the_participants_name() {
        assertThat(To.OPENAI
                        .write(endpoint("{'model':'m','messages':[{'role':'user','name':'alice_7','content':'Hi'}]}"))
                        .at("/messages/0/name")
                        .asText())
                .isEqualTo("alice_7");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "OPENAI, false",
        "GROQ, false",
        "MISTRAL, false",
        "RESPONSES, false",
        "ANTHROPIC, false",
        "GEMINI, false",
        "LOCAL, true"
    })
    void trap_37_what_another_model_thought_is_not_sent_to_those_who_refuse_it(To to, boolean kept) {
        ObjectNode body = to.write(
                endpoint(
                        "{'model':'m','messages':[{'role':'user','content':'Hi'},{'role':'assistant',"
                                + "'content':'Hello','reasoning_content':'They greet me.'},{'role':'user','content':'And?'}]}"));

        assertThat(Json.text(body).contains("They greet me.")).isEqualTo(kept);
        assertThat(Json.text(body)).contains("Hello");
    }
}
