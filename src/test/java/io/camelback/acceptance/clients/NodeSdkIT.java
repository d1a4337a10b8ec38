package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The official clients for Node. Their script tells this class who is down. */
@Tag("clients")
class NodeSdkIT {
    /** With {@code -Dcamelback.node=held} answers come slowly and are held back, and comments go out meanwhile. */
    private static final boolean HELD = "held".equals(System.getProperty("camelback.node"));

    /** Four clients, plain and streaming, in nine orders of who answers. */
    private static final int LOOPS = 72;

    @TempDir
    Path home;

    @RegisterExtension
    static final GatewayTestCase DRILL = HELD
            ? GatewayTestCase.edited(config -> GatewayTestCase.patient(config, Duration.ofSeconds(1))
                    .replaceAll("(?m)^  balanced: \\{ ", "$0commit: full, ")
                    .replace("heartbeat: 10s", "heartbeat: 40ms"))
            : GatewayTestCase.shipped();

    private static final List<SimulatedFault> FAULTS = List.of(
            SimulatedFault.status(529),
            SimulatedFault.status(500),
            SimulatedFault.status(429),
            SimulatedFault.resetBeforeHeaders(),
            SimulatedFault.silence());

    @Test
    void the_official_clients_for_node_work_whoever_answers() throws Exception {
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/answers", NodeSdkIT::answers);
        control.createContext("/shown", NodeSdkIT::shown);
        control.start();
        try {
            InstalledClients.Run run = InstalledClients.run(
                    home,
                    home,
                    Map.of(),
                    List.of(
                            "node",
                            InstalledClients.nodeScripts(home)
                                    .resolve("loops.mjs")
                                    .toString(),
                            DRILL.gateway().uri("").toString(),
                            "http://127.0.0.1:" + control.getAddress().getPort()));
            assertThat(run.exit()).as(run.text()).isZero();
            assertThat(run.text().lines().filter(line -> line.startsWith("ok"))).hasSizeGreaterThan(LOOPS);
        } finally {
            control.stop(0);
        }
    }

    /** {@code {"by": 1, "fault": 0, "calls": [{"name", "args"}], "text", "reasoning"}}. */
    private static void answers(HttpExchange exchange) throws IOException {
        JsonNode wish = Json.read(exchange.getRequestBody().readAllBytes());
        SimulatedCompletion said = SimulatedCompletion.text(wish.path("text").asText());
        for (JsonNode call : wish.path("calls")) {
            said = said.toolCall(call.path("name").asText(), Json.text(call.path("args")));
        }
        if (wish.hasNonNull("reasoning")) {
            said = said.reasoning(wish.path("reasoning").asText());
        }
        if (HELD) {
            said = said.delay(Duration.ofMillis(50));
        }
        BalancedChainLinks.values()[wish.path("by").asInt()].answers(
                DRILL, FAULTS.get(wish.path("fault").asInt()), said);
        send(exchange, new byte[] {'{', '}'});
    }

    /** What the provider with the number in the query was asked last. */
    private static void shown(HttpExchange exchange) throws IOException {
        int by = Integer.parseInt(exchange.getRequestURI().getQuery());
        send(exchange, BalancedChainLinks.values()[by].asked(DRILL).body());
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
