package io.camelback.camel;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
class ProbeTest {
    @Test void x(@TempDir java.nio.file.Path d) throws Exception {
        try (RunningGateway g = RunningGateway.start(d)) {
            System.out.println("@" + g.uri("/") + g.management("/"));
            for (var u : new java.net.URI[] {g.uri("/observe/health"), g.management("/observe/health"), g.uri("/observe/metrics"), g.management("/observe/metrics"), g.management("/v1/models")}) {
            var r = g.get(u);
            System.out.println("@" + u + r.statusCode() + " " + r.headers().map() + " " + r.body().substring(0, Math.min(300, r.body().length())).replace("\n", " "));
            }
        }
    }
}
