package io.camelback.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTableTest {
    private final StringWriter printed = new StringWriter();

    private List<String> rows(TerminalStyle terminal, DemoReply... replies) {
        DemoTable table = new DemoTable(new PrintWriter(printed), terminal);
        table.head();
        for (DemoReply reply : replies) {
            table.row(DemoScene.story().get(0), reply);
        }
        return printed.toString().lines().toList();
    }

    private static DemoReply reply(String answeredBy, AttemptResult... attempts) {
        return new DemoReply(answeredBy, "Hello", List.of(attempts), Duration.ofMillis(1234));
    }

    private static AttemptResult failed(String deployment, String why) {
        return AttemptResult.failed(
                deployment, new ProviderException(FailureKind.SERVER, 0, null, why, null), Duration.ZERO);
    }

    private static AttemptResult ok(String deployment) {
        return AttemptResult.answered(deployment, Duration.ZERO);
    }

    @Test
    void columns_stand_under_their_heads() {
        List<String> lines =
                rows(new TerminalStyle(false, false), reply("gpt", failed("claude-opus", "500"), ok("gpt")));

        String head = lines.get(0);
        String row = lines.get(2);
        assertThat(row).hasSize(DemoTable.WIDTH).startsWith(" 1 All is well").endsWith(" 1,234");
        assertThat(row.indexOf("plain")).isEqualTo(head.indexOf("Asked"));
        assertThat(row.indexOf("claude-opus 500 -> gpt ok")).isEqualTo(head.indexOf("Tried"));
        assertThat(row.lastIndexOf("gpt")).isEqualTo(head.indexOf("Answered by"));
        assertThat(lines.get(1)).isEqualTo("-".repeat(DemoTable.WIDTH));
    }

    @Test
    void what_does_not_fit_goes_on_below_between_turns() {
        List<String> lines = rows(
                new TerminalStyle(false, false),
                reply(
                        "gpt",
                        failed("claude-opus", "a reason of thirty characters."),
                        failed("gpt", "another reason"),
                        ok("gpt")));

        int column = lines.get(0).indexOf("Tried");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2).substring(column)).startsWith("claude-opus a reason of thirty characters. -> ");
        assertThat(lines.get(3)).isEqualTo(" ".repeat(column) + "gpt another reason -> gpt ok");
    }

    @Test
    void names_that_are_too_long_are_cut() {
        List<String> lines = rows(new TerminalStyle(false, false), reply("d".repeat(60), ok("d".repeat(60))));

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(DemoTable.WIDTH));
        assertThat(lines.get(2)).contains(" " + "d".repeat(43) + "... ", " " + "d".repeat(10) + "... ");
    }

    @Test
    void colours_change_nothing_but_colours() {
        DemoReply reply = reply(
                DemoReply.STATIC,
                failed("claude-opus", "500"),
                AttemptResult.skipped("gpt", AttemptSkippedException.Reason.BREAKER_OPEN, "breaker open"));
        List<String> plain = List.copyOf(rows(new TerminalStyle(false, true), reply));
        printed.getBuffer().setLength(0);
        List<String> coloured = rows(new TerminalStyle(true, true), reply);

        assertThat(coloured.get(2)).contains("\u001b[31mclaude-opus\u001b[0m", "\u001b[33mbreaker\u001b[0m");
        assertThat(coloured.stream()
                        .map(line -> line.replaceAll("\u001b\\[\\d+m", ""))
                        .toList())
                .isEqualTo(plain);
    }
}
