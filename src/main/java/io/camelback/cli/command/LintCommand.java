package io.camelback.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.bundle.BundleDryRun;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.json.Json;
import io.camelback.lint.BundleLinter;
import io.camelback.lint.BundleSources;
import io.camelback.lint.LintFinding;
import io.camelback.lint.LintFinding.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/camelback lint}: static checks of routes, Kamelets and configuration. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Check routes, Kamelets and configuration, without starting anything.",
        footer = {
            "",
            "Each finding is a line: file:line: severity [rule] what. why. fix.",
            "Keys are looked up in the environment, as start does; their values are never shown.",
            "Exit codes: 0 no error, 1 there are errors (or warnings, with --strict), 2 the options are wrong."
        })
public final class LintCommand extends HomeCommand {
    @Option(names = "--json", description = "Print the findings as a JSON array.")
    private boolean json;

    @Option(names = "--strict", description = "Treat warnings as errors, for CI.")
    private boolean strict;

    @Override
    protected int run() throws IOException {
        List<LintFinding> findings = new ArrayList<>(BundleLinter.lint(BundleSources.of(home.home), System::getenv));
        if (findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
            BundleDryRun.problem(home.home, System::getenv)
                    .ifPresent(said -> findings.add(new LintFinding(
                            "routes",
                            0,
                            Severity.ERROR,
                            "camel",
                            "Camel does not take these routes: " + said,
                            "",
                            "Fix what it names")));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(findings).toPrettyString());
        } else {
            print(findings, out);
        }
        boolean failed = findings.stream().anyMatch(finding -> strict || finding.severity() == Severity.ERROR);
        return failed ? 1 : 0;
    }

    private static void print(List<LintFinding> findings, PrintWriter out) {
        TerminalStyle terminal = TerminalStyle.here(System.getenv());
        for (LintFinding finding : findings) {
            TerminalStyle.Ink ink =
                    finding.severity() == Severity.ERROR ? TerminalStyle.Ink.BAD : TerminalStyle.Ink.WARN;
            String severity = finding.severity().name().toLowerCase(Locale.ROOT);
            out.println(finding.text().replaceFirst(": " + severity + " ", ": " + terminal.paint(ink, severity) + " "));
        }
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        out.println(
                findings.isEmpty()
                        ? terminal.paint(TerminalStyle.Ink.GOOD, "No problems found.")
                        : counted(errors, "error") + ", " + counted(findings.size() - errors, "warning") + ".");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static ArrayNode json(List<LintFinding> findings) {
        ArrayNode array = Json.object().arrayNode();
        for (LintFinding finding : findings) {
            ObjectNode one = array.addObject();
            one.put("file", finding.file())
                    .put("line", finding.line())
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("rule", finding.rule())
                    .put("what", finding.what())
                    .put("why", finding.why())
                    .put("fix", finding.fix());
        }
        return array;
    }
}
