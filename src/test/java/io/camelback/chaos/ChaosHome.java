package io.camelback.chaos;

import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A gateway's home with a chain of three simulated providers, and edits of it, good and bad. */
final class ChaosHome {
    static final String CHAIN = "chaos";
    /** The deployments, in the order of the providers behind them. */
    static final List<String> DEPLOYMENTS = List.of("first", "second", "third");

    private static final List<String> ACTIONS = List.of("anthropic", "openai", "gemini");
    private static final String CONFIG = """
            # edit %d
            server: { stop-delay: 500ms, stop-grace: 4s }
            ledger: %s
            defaults:
              timeouts: { connect: 1s, tls: 1s, headers: 1500ms, first-token: 1500ms, idle: 1500ms, total: 4s }
              retry: { attempts: 1, base-delay: 50ms, max-delay: 200ms, max-retry-after: 500ms }
              breaker: { failures: 5, cooldown: 1s }
              max-in-flight: 200
            deployments:
              first: { provider: anthropic, model: sim-first, context: 100000, max-output: 1000, price: { input: 1, output: 5 } }
              second: { provider: openai, model: sim-second, context: 100000, max-output: 1000, price: { input: 1, output: 5 } }
              third: { provider: gemini, model: sim-third, context: 100000, max-output: 1000, price: { input: 1, output: 5 } }
            # A gateway that has not heard of the first key yet would serve its owner as nobody.
            keys: required
            chains:
              chaos: { deadline: %ds, on-exhausted: fail }
            """;
    private final Path folder;
    private final String ledger;
    private int edits;
    private int deadline = 5;
    private int first;

    /** @param ledger the value of the configuration's key {@code ledger} */
    ChaosHome(Path folder, String ledger) throws IOException {
        this.folder = folder;
        this.ledger = ledger;
        RunningGateway.copyHome(folder);
        try (Stream<Path> chains = Files.list(folder.resolve("routes/chains"))) {
            for (Path chain : chains.toList()) {
                Files.delete(chain);
            }
        }
        restore();
    }

    Path folder() {
        return folder;
    }

    /** The text of the chain, whose links begin with the one that is first now. */
    private String chain() {
        StringBuilder yaml = new StringBuilder("""
                - route:
                    id: chaos
                    from:
                      uri: direct:chaos
                      steps:
                """);
        String indent = "        ";
        for (int i = 0; i < DEPLOYMENTS.size(); i++) {
            int link = (first + i) % DEPLOYMENTS.size();
            boolean last = i == DEPLOYMENTS.size() - 1;
            yaml.append(String.format(
                    Locale.ROOT,
                    """
                    %1$s- circuitBreaker:
                    %1$s    resilience4jConfiguration: { circuitBreaker: %2$s%4$s }
                    %1$s    steps:
                    %1$s      - to: kamelet:%3$s-chat-action/%2$s
                    """,
                    indent,
                    DEPLOYMENTS.get(link),
                    ACTIONS.get(link),
                    last ? ", throwExceptionWhenHalfOpenOrOpenState: \"true\"" : ""));
            if (!last) {
                yaml.append(indent).append("    onFallback:\n").append(indent).append("      steps:\n");
                indent += "        ";
            }
        }
        return yaml.toString();
    }

    private String config() {
        return String.format(Locale.ROOT, CONFIG, edits, ledger, deadline);
    }

    /** One of the good variants of {@link FaultKind#GOOD_EDIT}. */
    synchronized void edit(String variant) throws IOException {
        edits++;
        switch (variant) {
            case "timeouts" -> deadline = deadline == 5 ? 6 : 5;
            case "chain order" -> first++;
            default -> {}
        }
        restore();
    }

    /** One of the bad variants of {@link FaultKind#BROKEN_EDIT}. */
    synchronized void spoil(String variant) throws IOException {
        switch (variant) {
            case "no YAML" -> write("config/camelback.yaml", config() + "deployments: [ {\n");
            case "unknown key" -> write("config/camelback.yaml", config() + "surver: { stop-grace: 4s }\n");
            case "impossible value" ->
                write("config/camelback.yaml", config().replace("max-in-flight: 200", "max-in-flight: none"));
            default -> write("routes/chains/chaos.camel.yaml", chain().replace("-action/second", "-action/nobody"));
        }
    }

    /** Writes the good files. */
    synchronized void restore() throws IOException {
        write("config/camelback.yaml", config());
        write("routes/chains/chaos.camel.yaml", chain());
    }

    /** As editors do that never leave half a file. */
    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Path draft = folder.resolve("draft");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
