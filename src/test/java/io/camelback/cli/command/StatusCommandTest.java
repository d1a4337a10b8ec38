package io.camelback.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.camelback.cli.terminal.StateView;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.json.Json;
import io.camelback.testkit.CommandExecution;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/camelback status} and {@code top} on a state that stands still. */
class StatusCommandTest {
    private static final String STATE = """
            {"at": "2026-11-20T12:05:00Z", "started_at": "2026-11-20T10:00:00Z", "version": 2, "problem": null,
             "summary": {"minutes": 60, "requests": 200, "fell_back": 25, "failed": 0, "degraded": 1, "broken": 0, "cancelled": 0,
               "in_flight": 3, "micro_dollars": 1234567, "extra_micro_dollars": -5000},
             "deployments": [
               {"name": "gpt", "usable": true, "breaker": {"state": "closed"}, "in_flight": 3, "answered": 150, "failed": 0,
                 "p50_ms": 300, "p99_ms": 1250},
               {"name": "claude-opus", "usable": true, "breaker": {"state": "closed"}, "in_flight": 0, "answered": 5, "failed": 7,
                 "last_failure": {"at": "2026-11-20T12:04:59Z", "reason": "overload", "why": "529 overloaded_error"}},
               {"name": "grok", "usable": false, "breaker": {"state": "closed"}, "in_flight": 0, "answered": 0, "failed": 0},
               {"name": "glm", "usable": true, "breaker": {"state": "closed"}, "in_flight": 0, "answered": 0, "failed": 0}],
             "chains": [{"name": "premium", "asked": 200, "links": [
               {"kind": "deployment", "name": "claude-opus", "share": 0.25}, {"kind": "static", "name": "degraded-answer-action", "share": 0}]}],
             "requests": [{"id": "r1", "at": "2026-11-20T12:04:58Z", "chain": "premium", "result": "answered", "took_ms": 321,
               "attempts": [{"deployment": "claude-opus", "reason": "overload"}, {"deployment": "gpt", "reason": "ok"}]}]}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ObjectNode state;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        state = (ObjectNode) Json.read(STATE);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/state", exchange -> {
            byte[] body = Json.bytes(state);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... arguments) {
        return CommandExecution.run(out, err, arguments);
    }

    private ObjectNode deployment(int index) {
        return (ObjectNode) state.at("/deployments/" + index);
    }

    @Test
    void says_who_works_who_answers_and_what_it_cost() {
        assertThat(run(
                        "status",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "version 2 of its files, up 2 h 5 min",
                        "200 requests in 60 min, 12.5 % fell back, 1 degraded, 3 in flight, $1.23, -$0.0050 by falling back",
                        "1 more are ready, 1 have no key",
                        "529 overloaded_error",
                        "1,250 ms");
        assertThat(out.toString()).containsPattern("premium +200  claude-opus 25% (->|\u2192) static text 0%");
        assertThat(out.toString()).containsPattern("claude-opus overload (->|\u2192) gpt ok");
    }

    @Test
    void budgets_and_quotas_stand_with_what_they_have_left() {
        state.putArray("budgets")
                .addObject()
                .put("scope", "layer")
                .put("name", "premium")
                .put("period", "month")
                .put("until", "2026-12-01T00:00:00Z")
                .put("cap_micro_dollars", 5_000_000)
                .put("spent_micro_dollars", 1_200_000)
                .put("reserved_micro_dollars", 300_000)
                .put("exhausted", false);
        state.putArray("quotas")
                .addObject()
                .put("deployment", "glm")
                .put("quota", "50 requests a day")
                .put("most", 50)
                .put("used", 12)
                .put("left", 38)
                .put("cools_down", false)
                .put("until", "2026-11-21T00:00:00Z");
        assertThat(run(
                        "status",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .isZero();

        assertThat(out.toString())
                .containsPattern("month of layer premium +\\$1.20 +\\$3.50  20")
                .containsPattern("50 requests a day of glm +12 +38  20");
    }

    @Test
    void top_prints_once_where_nobody_can_press_a_key() {
        assertThat(run("top", "--url", "http://127.0.0.1:" + server.getAddress().getPort()))
                .isZero();
        assertThat(out.toString()).contains("200 requests").doesNotContain("\u001b[?1049h");
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "open, breaker, breaker open",
        "forced_open, breaker, held open",
        "half_open, breaker, probing",
        "61001, cooldown, cooldown 62 s",
        "1000, key_cooldown, key cooldown 1 s"
    })
    void what_is_out_of_service_stands_first_and_makes_the_exit_code_1(String value, String what, String shown) {
        if (what.equals("breaker")) {
            deployment(1).putObject("breaker").put("state", value);
        } else {
            deployment(1).putObject(what).put("left_ms", Long.parseLong(value));
        }

        assertThat(run(
                        "status",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .isEqualTo(1);
        List<String> lines = out.toString().lines().toList();
        int head = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("Deployment"))
                .findFirst()
                .orElseThrow());
        assertThat(lines.get(head + 1)).startsWith("claude-opus").contains(shown);
    }

    @Test
    void a_rejected_edit_and_failed_requests_make_it_1_too() {
        state.put("problem", "routes/x: no\nsuch model");
        assertThat(run(
                        "status",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("The last edit was rejected: routes/x: no such model");
        state.putNull("problem");
        ((ObjectNode) state.path("summary")).put("failed", 1);
        assertThat(run(
                        "status",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .isEqualTo(1);
    }

    @Test
    void json_is_the_state_as_it_is() throws Exception {
        assertThat(run(
                        "status",
                        "--json",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .isZero();
        assertThat(Json.read(out.toString())).isEqualTo(state);
    }

    @Test
    void no_gateway_is_told_in_words() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(run("status", "--url", "http://127.0.0.1:" + port)).isEqualTo(3);
        assertThat(err.toString())
                .contains("No gateway answers at http://127.0.0.1:" + port, "--url")
                .doesNotContain("Exception");
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        List<String> lines = new StateView(new TerminalStyle(false, true), 60, ZoneOffset.UTC).lines(state);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(lines).anyMatch(line -> line.startsWith("12:04:58 premium"));
    }
}
