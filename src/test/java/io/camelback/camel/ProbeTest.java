package io.camelback.camel;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;
class ProbeTest {
    @Test void x(@TempDir java.nio.file.Path d) throws Exception {
        try (RunningGateway g = RunningGateway.start(d)) {
            var r = g.ask("nobody", false);
            System.out.println(r.statusCode() + " " + r.headers().map() + " " + r.body());
            r = g.ask("premium", false);
            System.out.println(r.statusCode() + " " + r.headers().map() + " " + r.body());
        }
    }
}
