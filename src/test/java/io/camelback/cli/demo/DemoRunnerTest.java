package io.camelback.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.server.GatewayServer;
import io.camelback.server.export.LogSilencer;
import io.camelback.simulator.SimulatedProviders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoRunnerTest {
    private final StringWriter printed = new StringWriter();
    private final DemoTable table = new DemoTable(new PrintWriter(printed), new TerminalStyle(false, false));

    @Test
    void the_story_goes_as_told_on_the_shipped_routes() throws Exception {
        boolean asTold = play(DemoScene.story());

        assertThat(printed.toString()).doesNotContain("Not as told");
        assertThat(asTold).isTrue();
        assertThat(printed.toString())
                .containsSubsequence(
                        " 1 All is well",
                        "claude-opus ok",
                        "claude-opus 429 rate_limit_error -> gpt ok",
                        "claude-opus cooldown ",
                        " s more -> gpt ok",
                        "gpt 500 server_error x3 -> gemini-pro ok",
                        "claude-opus 500 api_error -> claude-opus ok",
                        "claude-opus connection closed",
                        "error, told",
                        "claude-opus no first token in time -> gpt ok",
                        "claude-opus breaker open -> gpt ok",
                        "local-llama: 503 x3",
                        "claude-opus breaker open -> gpt ok",
                        "claude-opus ok",
                        "15 requests: 13 answered by a model, 1 by the static text, 1 broken off");
        assertThat(printed.toString().lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(120).matches("\\p{ASCII}*"));
    }

    @Test
    void a_story_that_goes_otherwise_is_told_so() throws Exception {
        DemoScene impossible = new DemoScene("GPT answers", false, DemoScene.Cue.NOTHING, lab -> {}, "gpt ok", "gpt");

        boolean asTold = play(List.of(impossible));

        assertThat(asTold).isFalse();
        assertThat(printed.toString()).contains("claude-opus ok", "Not as told: request 1 should have tried gpt ok");
    }

    private boolean play(List<DemoScene> story) throws Exception {
        LogSilencer quiet = LogSilencer.begin();
        try (quiet;
                SimulatedProviders lab = SimulatedProviders.start();
                DemoHome home = DemoHome.of(Path.of("."), lab)) {
            Map<String, String> environment = lab.environment();
            try (GatewayServer gateway = GatewayServer.start(home.folder(), "127.0.0.1", 0, 0, environment::get)) {
                return new DemoRunner(gateway, lab, table, Duration.ZERO).play(story);
            }
        }
    }
}
