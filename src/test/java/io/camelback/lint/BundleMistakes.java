package io.camelback.lint;

import io.camelback.lint.LintFinding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** Changes of one file of the shipped bundle, each a mistake. */
final class BundleMistakes {
    static final String CONFIG = "config/camelback.yaml";
    static final String PREMIUM = "routes/chains/premium.camel.yaml";
    static final String STRICT = "routes/chains/strict.camel.yaml";
    static final String LOCAL = "routes/chains/local.camel.yaml";
    static final String API = "routes/api.camel.yaml";
    static final String OPENAI = "kamelets/openai-chat-action.kamelet.yaml";

    private BundleMistakes() {}

    static Map<String, String> shipped() throws IOException {
        return new TreeMap<>(BundleSources.of(Path.of("")));
    }

    /** A change of one file, and what must be found. */
    static Arguments mistake(
            String name, String file, String old, String with, String rule, Severity severity, String... words) {
        return Arguments.of(Named.of(name, name), file, old, with, rule, severity, List.of(words));
    }

    static Arguments error(String name, String file, String old, String with, String rule, String... words) {
        return mistake(name, file, old, with, rule, Severity.ERROR, words);
    }

    static Arguments warning(String name, String file, String old, String with, String rule, String... words) {
        return mistake(name, file, old, with, rule, Severity.WARNING, words);
    }

    static String text(String file) {
        try {
            return shipped().get(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String alone() {
        return """
                - route:
                    id: strict
                    from:
                      uri: direct:strict
                      steps:
                        - circuitBreaker:
                            resilience4jConfiguration: { circuitBreaker: gpt, throwExceptionWhenHalfOpenOrOpenState: "true" }
                            steps:
                              - to: kamelet:openai-chat-action/gpt
                """;
    }
}
