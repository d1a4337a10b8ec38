package io.camelback.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one reading of a file shares: the environment, and everything found so far. */
final class Scope {
    final Environment environment;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Scope(Environment environment) {
        this.environment = environment;
    }

    void problem(String path, int line, String message, String fix) {
        problems.add(new ConfigProblem(path, line, message, fix));
    }

    void warning(String text) {
        warnings.add(text);
    }

    List<ConfigProblem> problems() {
        return problems.stream().distinct().sorted(Comparator.comparingInt(ConfigProblem::line)).toList();
    }

    List<String> warnings() {
        return warnings;
    }
}
