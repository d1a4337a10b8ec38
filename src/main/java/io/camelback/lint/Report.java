package io.camelback.lint;

import io.camelback.lint.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what the rules find in one file. */
final class Report {
    private final List<Finding> findings;
    private final String file;

    Report(String file) {
        this(file, new ArrayList<>());
    }

    private Report(String file, List<Finding> findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The same report for what is found in another file. */
    Report in(String other) {
        return new Report(other, findings);
    }

    void error(String rule, int line, String what, String why, String fix) {
        findings.add(new Finding(file, line, Severity.ERROR, rule, what, why, fix));
    }

    void warning(String rule, int line, String what, String why, String fix) {
        findings.add(new Finding(file, line, Severity.WARNING, rule, what, why, fix));
    }

    List<Finding> findings() {
        return findings.stream().distinct().sorted(Finding.ORDER).toList();
    }
}
