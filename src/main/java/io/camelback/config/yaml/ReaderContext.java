package io.camelback.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The environment and the problems found while reading a file. */
public final class ReaderContext {
    public final EnvironmentVariables environment;
    final ReadObserver observer;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    public ReaderContext(EnvironmentVariables environment) {
        this(environment, ReadObserver.NONE);
    }

    /** @param observer is told what the readers ask for */
    public ReaderContext(EnvironmentVariables environment, ReadObserver observer) {
        this.environment = environment;
        this.observer = observer;
    }

    public void problem(String path, int line, String message, String fix) {
        problems.add(new ConfigProblem(path, line, message, fix));
    }

    public void warning(String text) {
        warnings.add(text);
    }

    public List<ConfigProblem> problems() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt(ConfigProblem::line))
                .toList();
    }

    public List<String> warnings() {
        return warnings;
    }
}
