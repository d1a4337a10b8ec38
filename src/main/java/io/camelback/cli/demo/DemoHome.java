package io.camelback.cli.demo;

import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.simulator.SimulatedProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A temporary copy of a home folder for the demo. Its routes and Kamelets are the same; in its configuration the
 * timers, retries and breakers are the demo's, and every provider that has an address of its own has the simulated
 * one's instead.
 *
 * @param folder deleted when this is closed
 */
record DemoHome(Path folder) implements AutoCloseable {
    /** How long the demo's providers have for a first token. */
    static final Duration FIRST_TOKEN = Duration.ofSeconds(1);
    /** How long the demo's breakers stay open. */
    static final Duration COOLDOWN = Duration.ofSeconds(3);

    private static final String CONFIG = "config/camelback.yaml";
    private static final Map<String, Object> TIMEOUTS = Map.of(
            "connect", "1s", "tls", "1s", "first-token", FIRST_TOKEN.toSeconds() + "s", "idle", "1s", "total", "5s");
    private static final Map<String, Object> RETRY =
            Map.of("attempts", 2, "base-delay", "40ms", "max-delay", "80ms", "max-retry-after", "200ms");
    private static final Map<String, Object> BREAKER = Map.of("failures", 5, "cooldown", COOLDOWN.toSeconds() + "s");

    /**
     * @param lab where the copy's providers are
     * @throws io.camelback.config.yaml.ConfigException when the original's configuration is wrong, with the lines of
     *     the original
     */
    static DemoHome of(Path home, SimulatedProviders lab) throws IOException {
        String yaml = Files.readString(home.resolve(CONFIG));
        CamelbackConfigReader.read(yaml, CONFIG, lab.environment()::get);
        DemoHome copy = new DemoHome(Files.createTempDirectory("camelback-demo"));
        try {
            for (String part : List.of("routes", "kamelets", "config")) {
                copy.add(home, part);
            }
            Files.writeString(
                    copy.folder.resolve(CONFIG), edited(yaml, lab.compatible().url() + "/v1"));
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private void add(Path home, String part) throws IOException {
        Path from = home.resolve(part);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(part).resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private static String edited(String yaml, String simulated) {
        Map<String, Object> root = mapping(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        Map<String, Object> defaults = mapping(root.get("defaults"));
        defaults.putAll(Map.of("timeouts", TIMEOUTS, "retry", RETRY, "breaker", BREAKER));
        root.put("defaults", defaults);
        root.put(
                "deployments",
                each(
                        root.get("deployments"),
                        deployment -> deployment.keySet().removeAll(List.of("timeouts", "retry", "breaker"))));
        root.put(
                "providers",
                each(
                        root.get("providers"),
                        provider -> provider.computeIfPresent("base-url", (key, address) -> simulated)));
        return new Dump(DumpSettings.builder().build()).dumpToString(root);
    }

    private static Map<String, Object> each(Object section, Consumer<Map<String, Object>> edit) {
        Map<String, Object> all = mapping(section);
        all.replaceAll((name, entry) -> {
            Map<String, Object> copy = mapping(entry);
            edit.accept(copy);
            return copy;
        });
        return all;
    }

    /** A copy that can be changed; empty for a section without keys. */
    private static Map<String, Object> mapping(Object section) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (section instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
