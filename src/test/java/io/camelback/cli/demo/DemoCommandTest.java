package io.camelback.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.CommandExecution;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return CommandExecution.run(out, err, arguments);
    }

    @Test
    void help_names_every_option_and_the_exit_codes() {
        assertThat(run("demo", "--help")).isZero();
        assertThat(out.toString()).contains("--home", "--port", "--keep", "--verbose", "no key", "Exit codes: 0");
    }

    @Test
    void a_folder_that_is_no_home_is_named(@TempDir Path empty) {
        assertThat(run("demo", "--home", empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(empty.toString(), "--home DIR");
    }

    @Test
    void a_wrong_configuration_is_told_with_its_own_lines(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/camelback.yaml"), "\n\ndeploymints: {}\n");

        assertThat(run("demo", "--home", home.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("deploymints", "3");
    }

    @Test
    void a_port_that_is_taken_is_told_in_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("demo", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Port " + taken.getLocalPort() + " of 127.0.0.1 is in use")
                    .contains("--port");
        }
    }

    @Test
    void start_does_not_claim_to_serve_on_a_port_that_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(run("start", "--port", "0", "--management-port", String.valueOf(port)))
                    .as(() -> err.toString())
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Port " + port + " of 127.0.0.1 is in use")
                    .contains("--management-port");
        }
    }
}
