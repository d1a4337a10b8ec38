package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.acceptance.clients.InstalledClients.Run;
import io.camelback.cli.RootCommand;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** aider, which has no tools: it asks again when an edit does not fit the file, and another provider answers. */
@Tag("clients")
class AiderIT {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(10))));

    @TempDir
    Path home;

    static List<Arguments> loops() {
        return ThreeTurns.ALL.stream()
                .flatMap(turns -> List.of(Arguments.of(turns, true), Arguments.of(turns, false)).stream())
                .toList();
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("loops")
    void it_mends_its_edit_whoever_answers(ThreeTurns turns, boolean stream) throws Exception {
        String aider = InstalledClients.command("aider", "python/aider.txt", "bin/aider");
        Path folder = Files.createDirectories(home.resolve("work"));
        Path file = Files.writeString(folder.resolve("greeting.txt"), "Good day\n");
        assertThat(new CommandLine(new RootCommand())
                        .execute(
                                "setup",
                                "aider",
                                "--url",
                                DRILL.gateway().uri("").toString(),
                                "--user-home",
                                home.toString(),
                                "--model",
                                BalancedChainLinks.CHAIN,
                                "--no-check",
                                "--home",
                                DRILL.gateway().home.toString()))
                .isZero();
        turns.play(
                DRILL,
                List.of(
                        edit("Good night").reasoning("It says ", "night."),
                        edit("Good evening").reasoning("Evening, ", "then."),
                        edit("Good day").reasoning("Day.")));

        Run run = InstalledClients.run(
                home,
                folder,
                Map.of(),
                InstalledClients.words(
                        aider,
                        "--message",
                        "Say Grüezi.",
                        "--edit-format",
                        "diff",
                        "--yes-always",
                        "--no-git",
                        "--no-check-update",
                        "--analytics-disable",
                        "--no-show-model-warnings",
                        stream ? "--stream" : "--no-stream",
                        "greeting.txt"));

        assertThat(file).as(run.text()).content().isEqualTo("Grüezi\n");
        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(turns.last().shown(DRILL).letters()).as("two tries before").endsWith("uauau");
    }

    private static SimulatedCompletion edit(String from) {
        return SimulatedCompletion.text(
                "greeting.txt\n```\n<<<<<<< SEARCH\n" + from + "\n=======\nGrüezi\n>>>>>>> REPLACE\n```\n");
    }
}
