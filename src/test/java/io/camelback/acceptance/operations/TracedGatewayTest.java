package io.camelback.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with a collector: the caller's trace goes through it to the provider, and spans go out by OTLP. */
class TracedGatewayTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void a_callers_trace_goes_on_to_the_provider_and_to_the_collector(@TempDir Path folder) throws Exception {
        List<String> exported = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(exchange.getRequestHeaders().getFirst("x-tenant") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            RunningGateway gateway = RunningGateway.start(
                    folder,
                    GatewayTestCase::withoutRetries,
                    Map.of(),
                    Map.of(
                            "OTEL_EXPORTER_OTLP_ENDPOINT",
                            "http://127.0.0.1:" + collector.getAddress().getPort() + "/",
                            "OTEL_EXPORTER_OTLP_HEADERS",
                            "x-tenant=us%20two"));
            try (gateway) {
                gateway.lab.anthropic().script().then(SimulatedFault.status(529));
                gateway.ask(
                        "premium", false, "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01", "tracestate", "v=1");
                gateway.ask("premium", true);
                assertThat(told(gateway.lab.anthropic().received())).startsWith("00-" + TRACE + "-");
                assertThat(told(gateway.lab.openAi().received()))
                        .startsWith("00-" + TRACE + "-")
                        .isNotEqualTo(told(gateway.lab.anthropic().received()))
                        .doesNotContain("b7ad6b7169203331");
            }
            String all = String.join("", exported);
            assertThat(all)
                    .startsWith("us two ")
                    .contains("chat premium", "chat claude-opus-5-5", "chat gpt-6-sol", "overload")
                    .doesNotContain("\"hi\"", "sim-");
        } finally {
            collector.stop(0);
        }
    }

    private static String told(List<RecordedRequest> received) {
        return received.get(0).header("traceparent");
    }
}
