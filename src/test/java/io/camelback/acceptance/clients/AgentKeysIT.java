package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.clients.InstalledClients.Run;
import io.camelback.cli.setup.SetupCommand;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * Unmodified agents before a gateway with client keys: {@code setup} names the variable, and the agent sends its value.
 */
@Tag("clients")
class AgentKeysIT {
    @RegisterExtension
    static final GatewayTestCase DRILL =
            GatewayTestCase.edited(config -> GatewayTestCase.patient(config, Duration.ofSeconds(10)));

    private static final String DONE = "The key was right.";
    private static String key;

    @TempDir
    Path home;

    @BeforeAll
    static void make_a_key() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(DRILL.gateway().management("/api/keys"))
                .header("x-camelback-action", "1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"create\",\"name\":\"agents\"}"))
                .build();
        HttpResponse<String> made = DRILL.gateway().client().send(request, HttpResponse.BodyHandlers.ofString());
        key = Json.read(made.body()).path("secret").asText();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = CodingAgent.class, names = "QWEN_CODE", mode = EnumSource.Mode.EXCLUDE)
    void the_key_goes_from_the_environment_to_the_gateway(CodingAgent agent) throws Exception {
        List<String> command = agent.start("Say hello.");
        Path folder = Files.createDirectories(home.resolve("work"));
        String gateway = DRILL.gateway().uri("").toString();
        agent.prepare(home);
        Map<String, String> environment = Map.of("TEAM_KEY", key);
        assertThat(new CommandLine(new SetupCommand(environment::get))
                        .execute(
                                agent.client(),
                                "--url",
                                gateway,
                                "--key-env",
                                "TEAM_KEY",
                                "--user-home",
                                home.toString(),
                                "--model",
                                BalancedChainLinks.CHAIN))
                .isZero();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(key);
            }
        }
        BalancedChainLinks.GPT.answers(
                DRILL,
                SimulatedFault.status(529),
                SimulatedCompletion.text(DONE).reasoning("Yes."));
        Map<String, String> more = new HashMap<>(agent.environment(gateway));
        more.put("TEAM_KEY", key);
        more.putAll(agent.keyVariable().map(name -> Map.of(name, key)).orElse(Map.of()));

        Run run = InstalledClients.run(home, folder, more, command);

        assertThat(run.text()).contains(DONE);
        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(BalancedChainLinks.GPT.asked(DRILL).headers().toString()).doesNotContain(key);
    }
}
