package io.camelback.acceptance.budget;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A gateway that is killed with streams under way, in a process of its own. It says so once every stream has begun. */
final class CrashableGateway {
    static final int STREAMS = 50;
    static final String READY = "ready";

    private CrashableGateway() {}

    public static void main(String[] args) throws Exception {
        RunningGateway gateway = RunningGateway.start(
                Path.of(args[0]),
                config -> GatewayTestCase.patient(config, Duration.ofSeconds(60))
                        .replace(
                                "    model: claude-haiku-4-5\n",
                                "    model: claude-haiku-4-5\n    budget: { month: 100000 }\n"));
        gateway.lab.anthropic().script().always(SimulatedFault.stallAfter(3));
        List<InputStream> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> gateway.client()
                        .sendAsync(
                                gateway.request(
                                        "/v1/chat/completions",
                                        RunningGateway.chat("claude-haiku", true),
                                        "Idempotency-Key",
                                        "stream-" + i),
                                HttpResponse.BodyHandlers.ofInputStream()))
                .toList()
                .stream()
                .map(asked -> asked.join().body())
                .toList();
        streams.forEach(CrashableGateway::first);
        System.out.println(READY);
    }

    private static void first(InputStream stream) {
        try {
            if (stream.read() < 0) {
                throw new IllegalStateException("a stream is over");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
