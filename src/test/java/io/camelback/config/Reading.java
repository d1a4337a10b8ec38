package io.camelback.config;

import java.util.Map;

/** What the tests of this package share. */
final class Reading {
    static final String FILE = "config/camelback.yaml";

    private Reading() { }

    static Loaded read(String yaml, Map<String, String> environment) {
        return CamelbackConfigReader.read(yaml, FILE, environment::get);
    }

    static Deployment deployment(String yaml) {
        return read(yaml, Map.of()).config().deployments().values().iterator().next();
    }
}
