package io.camelback.config.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is invalid. The message has one line for each problem. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<ConfigProblem> problems;

    public ConfigException(String fileName, List<ConfigProblem> problems) {
        super(problems.stream().map(problem -> problem.in(fileName)).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All of them, by line. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
