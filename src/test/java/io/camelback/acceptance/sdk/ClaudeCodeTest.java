package io.camelback.acceptance.sdk;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an unmodified Claude Code sends (docs/wire-formats.md 7): its probes, its discovery of models, and its first
 * request.
 */
class ClaudeCodeTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String BETAS =
            "claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,"
                    + "prompt-caching-scope-2026-01-05,effort-2025-11-24";
    private static final String USER = "user_" + "0f".repeat(32) + "_account_7d5f6f5e-2b9c-4a55-9f6e-0c7c1a1c5d2e"
            + "_session_3e1f6f0e-6a39-4d6b-8a3c-2f2ad2a3d1aa";
    private static final String[] HEADERS = {
        "anthropic-version",
        "2023-06-01",
        "anthropic-beta",
        BETAS,
        "x-app",
        "cli",
        "User-Agent",
        "claude-cli/2.1.328 (external, cli)",
        "x-claude-code-session-id",
        "3e1f6f0e-6a39-4d6b-8a3c-2f2ad2a3d1aa",
        "Authorization",
        "Bearer caller-key",
        "x-api-key",
        "caller-key",
        "X-Stainless-Lang",
        "js",
        "X-Stainless-Retry-Count",
        "0",
        "anthropic-dangerous-direct-browser-access",
        "true",
        "Accept",
        "application/json"
    };
    private static final Set<String> SENT_ON = Set.of(
            "anthropic-version",
            "anthropic-beta",
            "x-api-key",
            "content-type",
            "content-length",
            "host",
            "connection",
            "accept-encoding",
            "user-agent",
            "x-camelback-hop",
            "transfer-encoding");

    /** Unknown fields, odd spacing and numbers included: none of it may change. */
    private static String body(boolean stream) {
        ObjectNode body = Json.object().put("model", "claude-sonnet-4-5-20250929");
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .putArray("content")
                .add(cached("<system-reminder>Today is Friday.</system-reminder>"))
                .add(cached("Say hello."));
        ArrayNode system = body.putArray("system");
        system.addObject()
                .put("type", "text")
                .put("text", "x-anthropic-billing-header: cc_version=2.1.328; cch=00000;");
        system.add(cached("You are Claude Code, Anthropic's official CLI for Claude."));
        ArrayNode tools = body.putArray("tools");
        for (int i = 0; i < 20; i++) {
            tools.add(tool("mcp__server__tool_" + i));
        }
        body.putObject("metadata").put("user_id", USER);
        body.put("max_tokens", 32000).putObject("thinking").put("type", "adaptive");
        body.putObject("output_config").put("effort", "medium");
        body.putObject("context_management")
                .putArray("edits")
                .addObject()
                .put("type", "clear_thinking_20251015")
                .put("keep", "all");
        body.putObject("made_up").put("number", 1.50);
        return Json.text(body.put("stream", stream));
    }

    private static ObjectNode cached(String text) {
        ObjectNode block = Json.object().put("type", "text").put("text", text);
        block.putObject("cache_control").put("type", "ephemeral").put("ttl", "1h");
        return block;
    }

    private static ObjectNode tool(String name) {
        ObjectNode tool = Json.object().put("name", name).put("description", "Does " + name);
        ObjectNode schema = tool.putObject("input_schema")
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("type", "object");
        schema.putObject("properties").putObject("path").put("type", "string").put("description", "A path");
        schema.putArray("required").add("path");
        schema.put("additionalProperties", false);
        return tool;
    }

    private static HttpResponse<String> ask(boolean stream) throws Exception {
        return DRILL.gateway().post("/v1/messages?beta=true", body(stream), HEADERS);
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {true, false})
    void anthropic_gets_its_headers_and_its_body_as_they_were_sent(boolean stream) throws Exception {
        HttpResponse<String> response = ask(stream);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("claude-sonnet-5-5");
        RecordedRequest asked = BalancedChainLinks.CLAUDE.asked(DRILL);
        assertThat(asked.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(asked.headers().get("anthropic-beta")).containsExactly(BETAS);
        assertThat(asked.key()).isEqualTo("sim-anthropic");
        assertThat(names(asked)).isSubsetOf(SENT_ON);
        // Claude is asked to stream even where the caller does not want it, so that silence is noticed at once.
        assertThat(new String(asked.body(), StandardCharsets.UTF_8))
                .isEqualTo(body(true).replace("claude-sonnet-4-5-20250929", "claude-sonnet-5-5"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = BalancedChainLinks.class,
            names = {"GPT", "GEMINI"})
    void another_provider_gets_none_of_these_headers_and_a_translation(BalancedChainLinks answering) throws Exception {
        answering.answers(DRILL, SimulatedFault.status(529), SimulatedCompletion.hello());

        HttpResponse<String> response = ask(true);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        RecordedRequest asked = answering.asked(DRILL);
        assertThat(names(asked))
                .noneMatch(name -> name.startsWith("anthropic")
                        || name.startsWith("x-claude")
                        || name.startsWith("x-stainless")
                        || name.equals("x-app"));
        assertThat(asked.headers().toString()).doesNotContain("caller-key", "claude-cli");
        String body = new String(asked.body(), StandardCharsets.UTF_8);
        assertThat(body)
                .contains("official CLI", "Say hello.", "mcp__server__tool_19")
                .doesNotContain("cache_control", "context_management", "made_up", "_account_", "ephemeral");
        JsonNode tools = answering == BalancedChainLinks.GPT
                ? asked.json().path("tools")
                : asked.json().at("/tools/0/functionDeclarations");
        assertThat(tools).hasSize(20);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BalancedChainLinks.class)
    void the_stream_is_one_that_claude_code_reads(BalancedChainLinks answering) throws Exception {
        SimulatedCompletion calling = SimulatedCompletion.calling("mcp__server__tool_3", "{\"path\":\"a\"}")
                .reasoning("Hm.");
        answering.answers(DRILL, SimulatedFault.status(529), calling);

        HttpResponse<String> response = ask(true);

        assertThat(header(response, "content-type")).startsWith("text/event-stream");
        List<String> events = response.body()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .filter(name -> !name.equals("ping"))
                .toList();
        assertThat(events)
                .startsWith("message_start", "content_block_start")
                .endsWith("content_block_stop", "message_delta", "message_stop");
        assertThat(events.stream().filter("content_block_start"::equals))
                .hasSizeGreaterThan(1)
                .hasSameSizeAs(
                        events.stream().filter("content_block_stop"::equals).toList());
        assertThat(response.body())
                .contains(
                        "\"type\":\"thinking_delta\"",
                        "\"type\":\"signature_delta\"",
                        "\"name\":\"mcp__server__tool_3\"",
                        "\"stop_reason\":\"tool_use\"")
                .doesNotContain("[DONE]");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"HEAD, /", "GET, /", "GET, /api/hello", "HEAD, /api/hello"})
    void its_probes_are_answered(String method, String path) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .client()
                .send(
                        HttpRequest.newBuilder(DRILL.gateway().uri(path))
                                .timeout(GatewayTestCase.SOON)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void it_finds_models_by_the_names_it_looks_for() throws Exception {
        HttpResponse<String> response = DRILL.gateway().get(DRILL.gateway().uri("/v1/models?limit=1000"));

        JsonNode list = Json.read(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(list.path("has_more").asBoolean(true)).isFalse();
        assertThat(list.path("data")).anySatisfy(model -> {
            assertThat(model.path("id").asText()).startsWith("claude");
            assertThat(model.path("display_name").asText()).isNotBlank();
            assertThat(model.path("type").asText()).isEqualTo("model");
        });
    }

    @Test
    void it_counts_tokens() throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .post(
                        "/v1/messages/count_tokens?beta=true",
                        body(false).replace(",\"stream\":false", "").replace("\"max_tokens\":32000,", ""),
                        HEADERS);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Json.read(response.body()).path("input_tokens").asInt()).isGreaterThan(500);
    }

    private static Set<String> names(RecordedRequest asked) {
        return asked.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
