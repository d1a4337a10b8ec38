package io.camelback.config;

import java.util.List;

/**
 * A valid configuration and its warnings.
 *
 * @param warnings what the operator should know all the same, such as deployments without a key; names variables, never
 *     values
 */
public record LoadedConfig(CamelbackConfig config, List<String> warnings) {
    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}
