package io.camelback.protocol.openai.chat.provider;

import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.ASK_JSON;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.TOOL;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.USER;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.OpenAiFixtures;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server of Chat Completions refuses is left out, or said another way. */
class OpenAiRefusalsTest {
    private static final String SCHEMA = "{\"type\":\"object\"}";

    static Stream<Arguments> refusals() {
        String forced = "You must call the tool f. Do not answer without calling it.";
        String format = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                + SCHEMA + "}}";
        String schema = ASK_JSON + " It must obey this JSON Schema: {\\\"type\\\":\\\"object\\\"}";
        return Stream.of(
                refused("temperature", "\"temperature\":0", "", UnsupportedParameter.TEMPERATURE),
                refused("top_p", "\"top_p\":1", "", UnsupportedParameter.TOP_P),
                refused("top_k", "\"top_k\":5", "", UnsupportedParameter.TOP_K),
                refused("seed", "\"seed\":5", "", UnsupportedParameter.SEED),
                refused(
                        "penalties",
                        "\"presence_penalty\":1,\"frequency_penalty\":1",
                        "",
                        UnsupportedParameter.PENALTIES),
                refused("stop", "\"stop\":\"x\"", "", UnsupportedParameter.STOP),
                refused("logprobs", "\"logprobs\":false,\"logit_bias\":{\"1\":2}", "", UnsupportedParameter.LOGPROBS),
                refused("effort", "\"reasoning_effort\":\"low\"", "", UnsupportedParameter.EFFORT),
                refused(
                        "max_completion_tokens",
                        "\"max_completion_tokens\":9",
                        "\"max_tokens\":9",
                        UnsupportedParameter.MAX_COMPLETION_TOKENS),
                refused(
                        "max_tokens",
                        "\"max_tokens\":9",
                        "\"max_completion_tokens\":9",
                        UnsupportedParameter.MAX_TOKENS),
                refused(
                        "both names",
                        "\"max_tokens\":9",
                        "",
                        UnsupportedParameter.MAX_TOKENS,
                        UnsupportedParameter.MAX_COMPLETION_TOKENS),
                refused(
                        "parallel",
                        "\"tools\":[" + TOOL + "],\"parallel_tool_calls\":false",
                        "\"tools\":[" + TOOL + "]",
                        UnsupportedParameter.PARALLEL_TOOL_CALLS),
                refused(
                        "strict",
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]",
                        "\"tools\":[" + TOOL + "]",
                        UnsupportedParameter.STRICT_TOOLS),
                refused(
                        "tools while reasoning",
                        "\"tools\":[" + TOOL + "],\"reasoning_effort\":\"high\"",
                        "\"tools\":[" + TOOL + "],\"reasoning_effort\":\"none\"",
                        UnsupportedParameter.TOOLS_WITH_EFFORT),
                arguments(
                        "developer",
                        messages("{\"role\":\"developer\",\"content\":\"S\"}", USER),
                        messages("{\"role\":\"system\",\"content\":\"S\"}", USER),
                        Set.of(UnsupportedParameter.DEVELOPER_ROLE)),
                arguments(
                        "name",
                        messages("{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"ada\"}"),
                        messages(USER),
                        Set.of(UnsupportedParameter.MESSAGE_NAME)),
                arguments(
                        "late system",
                        messages(
                                "{\"role\":\"system\",\"content\":\"S\"}",
                                USER,
                                "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"T\"}]}"),
                        messages(
                                "{\"role\":\"system\",\"content\":\"S\"}",
                                USER,
                                "{\"role\":\"user\",\"content\":\"<system-reminder>\\nT\\n</system-reminder>\"}"),
                        Set.of(UnsupportedParameter.LATE_SYSTEM)),
                arguments(
                        "prefill",
                        messages(USER, "{\"role\":\"assistant\",\"content\":\"Once\"}"),
                        messages(
                                USER,
                                "{\"role\":\"assistant\",\"content\":\"Once\"}",
                                "{\"role\":\"user\",\"content\":\"Go on from exactly where you stopped.\"}"),
                        Set.of(UnsupportedParameter.PREFILL)),
                arguments(
                        "required tool",
                        messages(USER) + ",\"tools\":[" + TOOL + "],\"tool_choice\":\"required\"",
                        messages(
                                        system(
                                                "You must call at least one of the tools. Do not answer without calling one."),
                                        USER)
                                + ",\"tools\":[" + TOOL + "],\"tool_choice\":\"auto\"",
                        Set.of(UnsupportedParameter.FORCED_TOOL_CHOICE)),
                arguments(
                        "named tool, after the system text",
                        messages(system("S"), USER) + ",\"tools\":[" + TOOL
                                + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
                        messages(system("S\\n\\n" + forced), USER) + ",\"tools\":[" + TOOL
                                + "],\"tool_choice\":\"auto\"",
                        Set.of(UnsupportedParameter.FORCED_TOOL_CHOICE)),
                arguments(
                        "json schema",
                        messages(USER) + "," + format,
                        messages(system(schema), USER) + ",\"response_format\":{\"type\":\"json_object\"}",
                        Set.of(UnsupportedParameter.JSON_SCHEMA)),
                arguments(
                        "json schema and json mode",
                        messages(USER) + "," + format,
                        messages(system(schema), USER),
                        Set.of(UnsupportedParameter.JSON_SCHEMA, UnsupportedParameter.JSON_MODE)),
                arguments(
                        "json mode, after system parts",
                        messages("{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"S\"}]}", USER)
                                + ",\"response_format\":{\"type\":\"json_object\"}",
                        messages(
                                "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"S\"},"
                                        + "{\"type\":\"text\",\"text\":\"" + ASK_JSON + "\"}]}",
                                USER),
                        Set.of(UnsupportedParameter.JSON_MODE)));
    }

    private static Arguments refused(String name, String field, String becomes, UnsupportedParameter... refusals) {
        return arguments(
                name,
                messages(USER) + "," + field,
                messages(USER) + (becomes.isEmpty() ? "" : "," + becomes),
                Set.of(refusals));
    }

    private static String system(String text) {
        return "{\"role\":\"system\",\"content\":\"" + text + "\"}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void what_a_target_refuses_is_left_out_or_said_another_way(
            String name, String fields, String becomes, Set<UnsupportedParameter> refusals) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + fields + "}");
        String before = Json.text(request.original().body());

        ObjectNode body =
                OpenAiFixtures.DIALECT.writeRequest(request, new ProviderModel("m", 0, refusals, "groq"), false);

        assertThat(Json.text(body)).isEqualTo("{\"model\":\"m\"," + becomes + "}");
        assertThat(Json.text(request.original().body()))
                .as("the original is untouched")
                .isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = UnsupportedParameter.class,
            names = {"TOOLS", "IMAGES", "STREAM_OPTIONS"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_plain_request_is_the_same_for_a_target_that_refuses(UnsupportedParameter refusal) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + messages(system("S"), USER) + "}");

        assertThat(OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("local", refusal), true))
                .isEqualTo(OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("local"), true));
    }

    @Test
    void writing_for_every_refusal_but_one_leaves_the_request_as_it_was() {
        ChatRequest request = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-sampling/request.json"));
        Set<UnsupportedParameter> all = EnumSet.complementOf(EnumSet.of(UnsupportedParameter.LOGPROBS));

        ObjectNode body = OpenAiFixtures.DIALECT.writeRequest(request, new ProviderModel("m", 0, all, "local"), true);

        assertThat(Json.text(body))
                .isEqualTo(
                        "{\"model\":\"m\",\"n\":2,\"logprobs\":true,"
                                + "\"top_logprobs\":5,\"user\":\"u-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Go.\"}],\"stream\":true}");
        assertThat(Json.text(request.original().body()) + "\n")
                .isEqualTo(OpenAiFixtures.text("request-sampling/request.json"));
    }
}
