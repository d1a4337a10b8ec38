package io.camelback.lint;

import io.camelback.lint.LintFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find in one file. */
final class FindingCollector {
    private final List<LintFinding> findings;
    private final String file;

    FindingCollector(String file) {
        this(file, new ArrayList<>());
    }

    private FindingCollector(String file, List<LintFinding> findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The same report for what is found in another file. */
    FindingCollector in(String other) {
        return new FindingCollector(other, findings);
    }

    void error(String rule, int line, String what, String why, String fix) {
        findings.add(new LintFinding(file, line, Severity.ERROR, rule, what, why, fix));
    }

    void warning(String rule, int line, String what, String why, String fix) {
        findings.add(new LintFinding(file, line, Severity.WARNING, rule, what, why, fix));
    }

    List<LintFinding> findings() {
        return findings.stream().distinct().sorted(LintFinding.ORDER).toList();
    }
}
