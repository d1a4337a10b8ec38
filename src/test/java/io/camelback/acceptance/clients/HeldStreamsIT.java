package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.clients.InstalledClients.Run;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that breaks off, for agents that would not ask again: held back, the next link answers it whole. */
@Tag("clients")
class HeldStreamsIT {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(10)))
                    .replaceAll("(?m)^  balanced: \\{ ", "$0commit: full, "));

    private static final String DONE = "Both files are written.";

    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}")
    @EnumSource(CodingAgent.class)
    void the_next_link_answers_and_the_agent_never_knows(CodingAgent agent) throws Exception {
        Path folder = Files.createDirectories(home.resolve("work"));
        List<String> command = agent.start("Write one.txt and two.txt.");
        agent.setUp(home, DRILL);
        DRILL.script(BalancedChainLinks.CLAUDE.link)
                .then(SimulatedFault.ok(agent.calling("echo first > one.txt && seq -s - 3 5")))
                .always(SimulatedFault.cutAfter(2));
        DRILL.script(BalancedChainLinks.GPT.link)
                .then(
                        SimulatedFault.ok(agent.calling("echo second > two.txt && seq -s - 6 8")),
                        SimulatedFault.ok(SimulatedCompletion.text(DONE)));

        Run run = InstalledClients.run(
                home, folder, agent.environment(DRILL.gateway().uri("").toString()), command);

        assertThat(run.text()).contains(DONE).doesNotContain("Hello from");
        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(String.join("\n", BalancedChainLinks.GPT.shown(DRILL).results()))
                .contains("3-4-5", "6-7-8");
    }
}
