package io.camelback.lint;

import java.util.Comparator;
import java.util.Locale;

/**
 * A problem of a bundle, now or as soon as something fails.
 *
 * @param file below the home folder, such as {@code routes/chains/premium.camel.yaml}
 * @param line from 1; 0 when it is about the whole file or about the environment
 * @param severity how bad it is
 * @param rule the rule's name, stable, for those who filter
 * @param what what is wrong
 * @param why what will come of it
 * @param fix what to do about it
 */
public record LintFinding(String file, int line, Severity severity, String rule, String what, String why, String fix) {
    static final Comparator<LintFinding> ORDER = Comparator.comparing(LintFinding::file)
            .thenComparingInt(LintFinding::line)
            .thenComparing(LintFinding::severity)
            .thenComparing(LintFinding::rule);

    /** Errors make requests fail or be answered wrongly; warnings make the bundle weaker than it looks. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** The finding as compilers print theirs: {@code file:line: severity [rule] what. why. fix.} */
    public String text() {
        return file + (line > 0 ? ":" + line : "") + ": " + severity.name().toLowerCase(Locale.ROOT) + " [" + rule
                + "] " + what + ". " + (why.isEmpty() ? "" : why + ". ") + fix + ".";
    }
}
