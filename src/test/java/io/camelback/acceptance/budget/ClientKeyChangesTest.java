package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.GatewayServer;
import io.camelback.server.InsecureBindException;
import io.camelback.testkit.CommandExecution;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.PostgresServer;
import io.camelback.testkit.RunningGateway;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are made and revoked on the command line while gateways run. */
class ClientKeyChangesTest {
    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @TempDir
    Path folder;

    @TempDir
    Path other;

    @Test
    void a_running_gateway_takes_up_what_the_command_line_does() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            String url = gateway.management("").toString();
            assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(200);

            String secret = key("create", "ci", "--home", folder.toString(), "--url", url);

            assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(401);
            assertThat(gateway.ask("gpt-mini", false, "x-api-key", secret).statusCode())
                    .isEqualTo(200);

            key("revoke", "ci", "--home", folder.toString(), "--url", url);

            assertThat(gateway.ask("gpt-mini", false, "x-api-key", secret).statusCode())
                    .isEqualTo(401);
            assertThat(gateway.ask("gpt-mini", false).statusCode())
                    .as("still wanted, although no key is left")
                    .isEqualTo(401);
        }
    }

    @Test
    void gateways_that_share_a_database_share_its_keys() throws Exception {
        UnaryOperator<String> edit = config -> config + PostgresServer.ledger(server.freshUrl(), "");
        try (RunningGateway one = RunningGateway.start(folder, edit);
                RunningGateway two = RunningGateway.start(other, edit)) {
            String secret = key("create", "ci", "--home", folder.toString());
            GatewayTestCase.soon("the key at both")
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> {
                        assertThat(one.ask("gpt-mini", false).statusCode()).isEqualTo(401);
                        assertThat(two.ask("gpt-mini", false).statusCode()).isEqualTo(401);
                        assertThat(one.ask("gpt-mini", false, "x-api-key", secret)
                                        .statusCode())
                                .isEqualTo(200);
                        assertThat(two.ask("gpt-mini", false, "x-api-key", secret)
                                        .statusCode())
                                .isEqualTo(200);
                    });

            key("revoke", "ci", "--home", folder.toString());

            GatewayTestCase.soon("its end at both")
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> {
                        assertThat(one.ask("gpt-mini", false, "x-api-key", secret)
                                        .statusCode())
                                .isIn(401, 429);
                        assertThat(two.ask("gpt-mini", false, "x-api-key", secret)
                                        .statusCode())
                                .isIn(401, 429);
                    });
        }
    }

    @Test
    void H22_who_guesses_waits_and_the_owner_of_a_key_does_not() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            String secret = key(
                    "create",
                    "ci",
                    "--home",
                    folder.toString(),
                    "--url",
                    gateway.management("").toString());
            for (int i = 0; i < 30; i++) {
                assertThat(gateway.ask("gpt-mini", false, "x-api-key", "cb-" + i)
                                .statusCode())
                        .isEqualTo(401);
            }

            HttpResponse<String> slowed = gateway.ask("gpt-mini", false, "x-api-key", "cb-31");

            assertThat(slowed.statusCode()).isEqualTo(429);
            assertThat(Long.parseLong(header(slowed, "Retry-After"))).isBetween(1L, 60L);
            assertThat(gateway.ask("gpt-mini", false, "x-api-key", secret).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void keys_may_be_required_before_there_is_one() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, config -> config + "\nkeys: required\n")) {
            assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void other_hosts_than_loopback_are_served_only_with_keys() throws Exception {
        RunningGateway.copyHome(folder);
        GatewayRuntime refused = GatewayRuntime.create(Clock.systemUTC());
        assertThatThrownBy(() -> GatewayServer.start(folder, "0.0.0.0", 0, 0, name -> null, refused))
                .isInstanceOf(InsecureBindException.class)
                .hasMessageContaining("bin/camelback key create NAME");
        refused.close();

        String secret = key("create", "ci", "--home", folder.toString());
        try (GatewayServer gateway =
                GatewayServer.start(folder, "0.0.0.0", 0, 0, name -> null, GatewayRuntime.create(Clock.systemUTC()))) {
            assertThat(gateway.port()).isPositive();
            assertThat(gateway.gateway().accounts().keys().orElseThrow().find(secret))
                    .isPresent();
        }
    }

    private static String key(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[args.length + 1];
        all[0] = "key";
        System.arraycopy(args, 0, all, 1, args.length);
        int exit = CommandExecution.run(out, err, all);
        assertThat(exit).as(err.toString()).isZero();
        return out.toString().trim();
    }
}
