package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is passed over without being asked, because the request is not for that model. */
class AdmissionTest {
    private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";
    private static final String PDF = "data:application/pdf;base64,JVBERi0=";
    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]";
    private static final String SCHEMA =
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                    + "{\"type\":\"object\"}}}";
    private static final String ERROR = "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
            + "\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}";

    @RegisterExtension
    private static final GatewayTestCase drill = GatewayTestCase.edited(config -> config.replace(
                    "    use-for: [last-resort, offline]\n    capabilities: [tools, json-schema, thinking]",
                    "    use-for: [last-resort, offline]\n    capabilities: [json-schema, thinking, vision]")
            .replace("context: 131_072\n", "context: 8_192\n")
            .replace("context: 262_144\n", "context: 8_192\n"));

    private static String asking(String chain, String content, String more) {
        return "{\"model\":\"" + chain + "\"," + more + "\"messages\":[{\"role\":\"user\",\"content\":" + content
                + "}]}";
    }

    private static String part(String type, String rest) {
        return "[{\"type\":\"text\",\"text\":\"What is this?\"},{\"type\":\"" + type + "\"," + rest + "}]";
    }

    static Stream<Arguments> needs() {
        return Stream.of(
                Arguments.of(
                        "vision",
                        asking("economy", part("image_url", "\"image_url\":{\"url\":\"" + PNG + "\"}"), ""),
                        List.of("deepseek no vision", "groq-llama no vision"),
                        "mistral-small"),
                Arguments.of(
                        "documents",
                        asking(
                                "balanced",
                                part("file", "\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"" + PDF + "\"}"),
                                "\"reasoning_effort\":\"low\","),
                        List.of(),
                        "claude-sonnet"),
                Arguments.of(
                        "audio",
                        asking(
                                "premium",
                                part("input_audio", "\"input_audio\":{\"data\":\"UklGRg==\",\"format\":\"wav\"}"),
                                ""),
                        List.of("claude-opus no audio", "gpt no audio"),
                        "gemini-pro"),
                Arguments.of(
                        "json-schema",
                        asking("economy", "\"hi\"", SCHEMA + ","),
                        List.of(
                                "deepseek no json-schema, which mistral-small has",
                                "groq-llama no json-schema, which mistral-small has"),
                        "mistral-small"),
                Arguments.of(
                        "tools", asking("local", "\"hi\"", TOOL + ","), List.of("local-qwen no tools"), "local-llama"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void needs(String need, String body, List<String> skipped, String answering) throws Exception {
        HttpResponse<String> response = drill.gateway().post("/v1/chat/completions", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo(answering);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        drill.awaitLog(String.join("; ", skipped) + (skipped.isEmpty() ? "" : "; ") + answering + " ok");
    }

    @Test
    void documents_go_past_those_who_read_none() throws Exception {
        drill.coolDown(List.of("claude-sonnet", "gpt-mini", "gemini-flash"));
        HttpResponse<String> response = drill.gateway()
                .post(
                        "/v1/chat/completions",
                        asking(
                                "balanced",
                                part("file", "\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"" + PDF + "\"}"),
                                ""));

        assertThat(header(response, "x-camelback-degraded")).isEqualTo("static");
        drill.awaitLog(
                "deepseek no documents; groq-llama no documents; mistral-small no documents; local-qwen no documents");
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void much_thinking_goes_past_those_who_do_not_think_but_not_down_to_a_weaker_one() throws Exception {
        drill.script("claude-haiku").always(SimulatedFault.errorEventFirst());
        HttpResponse<String> agent = drill.gateway()
                .post("/v1/chat/completions", asking("agent-free", "\"hi\"", "\"reasoning_effort\":\"high\","));
        drill.coolDown(List.of("deepseek", "mistral-small"));
        HttpResponse<String> economy = drill.gateway()
                .post("/v1/chat/completions", asking("economy", "\"hi\"", "\"reasoning_effort\":\"high\","));

        assertThat(header(agent, "x-camelback-model")).isEqualTo("gemini-flash");
        drill.awaitLog("openai-4o-mini no thinking, which gemini-flash has; gemini-flash ok");
        assertThat(header(economy, "x-camelback-model")).isEqualTo("groq-llama");
    }

    @Test
    void who_is_asked_by_name_does_what_it_can() throws Exception {
        HttpResponse<String> schema =
                drill.gateway().post("/v1/chat/completions", asking("deepseek", "\"hi\"", SCHEMA + ","));
        HttpResponse<String> image = drill.gateway()
                .post(
                        "/v1/chat/completions",
                        asking("deepseek", part("image_url", "\"image_url\":{\"url\":\"" + PNG + "\"}"), ""));

        assertThat(header(schema, "x-camelback-model")).isEqualTo("deepseek");
        assertThat(image.statusCode()).isEqualTo(400);
        assertThat(Json.read(image.body()).at("/error/code").asText()).isEqualTo("unsupported");
        assertThat(Json.read(image.body()).at("/error/message").asText()).contains("no vision");
    }

    @Test
    void S18_a_context_that_is_too_small_is_not_asked() throws Exception {
        drill.coolDown(List.of("deepseek"));
        HttpResponse<String> response = drill.gateway()
                .post("/v1/chat/completions", asking("economy", "\"" + "word ".repeat(9_000) + "\"", ""));

        assertThat(header(response, "x-camelback-degraded")).isEqualTo("static");
        drill.awaitLog("groq-llama context too small: about 9", "tokens, of 8192; mistral-small context too small");
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void S18_what_was_too_small_for_one_is_too_small_for_all_that_are_no_larger() throws Exception {
        drill.script("groq-llama").always(SimulatedFault.status(400).body(ERROR));
        drill.coolDown(List.of("deepseek"));
        HttpResponse<String> response = drill.ask("economy", false);

        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        drill.awaitLog("mistral-small no larger than a context that was too small");
        assertThat(drill.asked("mistral-small")).isZero();
        assertThat(drill.asked("local-qwen")).isZero();
    }

    @Test
    void S18_a_larger_context_takes_over() throws Exception {
        drill.script("claude-haiku")
                .always(SimulatedFault.status(400)
                        .body("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                                + "\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}"));
        HttpResponse<String> response = drill.ask("agent-premium", false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(drill.asked("openai-4o")).isZero();
    }

    @Test
    void room_for_the_answer_counts_but_a_wish_for_all_of_it_does_not() throws Exception {
        drill.coolDown(List.of("deepseek", "mistral-small"));
        String half = "\"" + "word ".repeat(5_000) + "\"";

        assertThat(header(
                        drill.gateway().post("/v1/chat/completions", asking("economy", half, "")), "x-camelback-model"))
                .isEqualTo("groq-llama");
        assertThat(header(
                        drill.gateway().post("/v1/chat/completions", asking("economy", half, "\"max_tokens\":4000,")),
                        "x-camelback-degraded"))
                .isEqualTo("static");
        drill.awaitLog("tokens and 4000 for the answer, of 8192");
        assertThat(header(
                        drill.gateway()
                                .post("/v1/chat/completions", asking("economy", "\"hi\"", "\"max_tokens\":100000,")),
                        "x-camelback-model"))
                .isEqualTo("groq-llama");
    }
}
