package io.camelback.testkit;

import io.camelback.config.Deployment;
import io.camelback.config.LoadedConfig;
import io.camelback.config.reader.CamelbackConfigReader;
import java.util.Map;

/** Configurations, read from their text. */
public final class ConfigReading {
    public static final String FILE = "config/camelback.yaml";

    private ConfigReading() {}

    public static LoadedConfig read(String yaml, Map<String, String> environment) {
        return CamelbackConfigReader.read(yaml, FILE, environment::get);
    }

    public static Deployment deployment(String yaml) {
        return read(yaml, Map.of()).config().deployments().values().iterator().next();
    }

    /** A deployment with these keys. */
    public static Deployment with(String keys) {
        return deployment("deployments: { a: { provider: local, model: m, " + keys + " } }");
    }
}
