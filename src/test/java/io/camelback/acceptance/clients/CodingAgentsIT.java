package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.clients.InstalledClients.Run;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ReceivedConversation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Unmodified agents, led here by their own settings, whose provider fails in the middle of their tool loop. */
@Tag("clients")
class CodingAgentsIT {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(10))));

    private static final String PROMPT = "Write one.txt and two.txt.";
    private static final String DONE = "Both files are written, says the last provider.";

    @TempDir
    Path home;

    static Stream<Arguments> loops() {
        return Stream.of(CodingAgent.values())
                .flatMap(agent -> ThreeTurns.ALL.stream().map(turns -> Arguments.of(agent, turns)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("loops")
    void an_agent_works_on_when_its_provider_fails(CodingAgent agent, ThreeTurns turns) throws Exception {
        Path folder = Files.createDirectories(home.resolve("work"));
        List<String> command = agent.start(PROMPT);
        agent.setUp(home, DRILL);
        turns.play(
                DRILL,
                List.of(
                        agent.calling("echo first > one.txt && seq -s - 3 5"),
                        agent.calling("echo second > two.txt && seq -s - 6 8"),
                        SimulatedCompletion.text(DONE).reasoning("That is all.")));

        Run run = InstalledClients.run(home, folder, agent.environment(gateway()), command);

        assertThat(run.text()).contains(DONE);
        assertThat(run.exit()).as(run.text()).isZero();
        ReceivedConversation shown = turns.last().shown(DRILL);
        assertThat(shown.letters()).as(run.text()).endsWith("r");
        assertThat(String.join("\n", shown.results())).contains("3-4-5", "6-7-8");
        assertThat(folder.resolve("one.txt")).hasContent("first");
        assertThat(folder.resolve("two.txt")).hasContent("second");
        assertThat(shown.resultIds()).isEqualTo(shown.callIds());
    }

    /** Gemini CLI and Qwen Code show the error and stop: see {@link HeldStreamsIT}. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = CodingAgent.class,
            names = {"GEMINI_CLI", "QWEN_CODE"},
            mode = EnumSource.Mode.EXCLUDE)
    void an_agent_asks_again_when_a_stream_breaks_off(CodingAgent agent) throws Exception {
        Path folder = Files.createDirectories(home.resolve("work"));
        List<String> command = agent.start(PROMPT);
        agent.setUp(home, DRILL);
        DRILL.script(BalancedChainLinks.CLAUDE.link)
                .then(
                        SimulatedFault.ok(agent.calling("echo first > one.txt && seq -s - 3 5")),
                        SimulatedFault.cutAfter(2),
                        SimulatedFault.ok(agent.calling("echo second > two.txt && seq -s - 6 8")),
                        SimulatedFault.ok(SimulatedCompletion.text(DONE)));

        Run run = InstalledClients.run(home, folder, agent.environment(gateway()), command);

        assertThat(run.text()).contains(DONE);
        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(String.join("\n", BalancedChainLinks.CLAUDE.shown(DRILL).results()))
                .contains("3-4-5", "6-7-8");
    }

    private static String gateway() {
        return DRILL.gateway().uri("").toString();
    }
}
