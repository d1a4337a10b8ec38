package io.camelback.config.reader;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.yaml.ConfigProblem;
import java.util.List;
import java.util.Optional;

/**
 * The readable part of {@code config/camelback.yaml}, and all of its problems.
 *
 * @param config empty when the file is no YAML; with problems, only what they do not concern can be relied on
 * @param problems by line; empty when the whole configuration holds
 * @param warnings what is allowed and may still surprise
 */
public record PartialConfig(Optional<CamelbackConfig> config, List<ConfigProblem> problems, List<String> warnings) {
    public PartialConfig {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Whether something is wrong with this deployment, or with the whole file, so that its absence proves nothing. */
    public boolean doubtful(String deployment) {
        String path = "deployments." + deployment;
        return problems.stream()
                .map(ConfigProblem::path)
                .anyMatch(wrong -> wrong.isEmpty() || wrong.equals(path) || wrong.startsWith(path + "."));
    }
}
