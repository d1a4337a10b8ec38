package io.camelback.config;

import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param warnings what the operator should know all the same, such as deployments without a key; names variables, never
 *     values
 */
public record LoadedConfig(CamelbackConfig config, List<String> warnings) {
    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}
