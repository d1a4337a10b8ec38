package io.camelback.lint;

import static io.camelback.lint.BundleMistakes.CONFIG;
import static io.camelback.lint.BundleMistakes.error;
import static io.camelback.lint.BundleMistakes.warning;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Mistakes in config/camelback.yaml. */
final class ConfigMistakes {
    private ConfigMistakes() {}

    static Stream<Arguments> all() {
        return Stream.of(
                error(
                        "an unknown key in the configuration",
                        CONFIG,
                        "  stop-grace: 30s",
                        "  stop-grave: 30s",
                        "config",
                        "server.stop-grave",
                        "Did you mean stop-grace?"),
                error(
                        "a deployment of an unknown provider",
                        CONFIG,
                        "    provider: anthropic\n    model: claude-opus-5-5",
                        "    provider: antropic\n    model: claude-opus-5-5",
                        "config",
                        "antropic"),
                error(
                        "an alias that points nowhere",
                        CONFIG,
                        "  claude-*opus*: premium",
                        "  claude-*opus*: premum",
                        "alias",
                        "premum",
                        "premium"),
                warning(
                        "mistake 4: a threshold so low that most goes to premium",
                        CONFIG,
                        "  threshold: 8",
                        "  threshold: 5",
                        "threshold-low",
                        "routing.threshold is 5",
                        "architecture",
                        "8"),
                warning(
                        "a deadline that the links cannot keep",
                        CONFIG,
                        "  premium: { deadline: 600s }",
                        "  premium: { deadline: 120s }",
                        "deadline-tight"),
                warning(
                        "B39 a model that thinks and may write next to nothing",
                        CONFIG,
                        "    context: 1_050_000\n    max-output: 128_000",
                        "    context: 1_050_000\n    max-output: 190",
                        "thinking-output",
                        "gpt",
                        "190"),
                warning(
                        "a link without a price",
                        CONFIG,
                        "    price: { input: 0.59, output: 0.79 }\n",
                        "",
                        "unpriced",
                        "groq-llama"),
                warning(
                        "prices the wrong way round",
                        CONFIG,
                        "price: { input: 0.59, output: 0.79 }",
                        "price: { input: 0.79, output: 0.59 }",
                        "price-swapped",
                        "groq-llama"),
                warning(
                        "a limit that leaves no room for a question",
                        CONFIG,
                        "    context: 200_000\n    max-output: 64_000",
                        "    context: 64_000\n    max-output: 64_000",
                        "context-output",
                        "claude-haiku"),
                warning(
                        "a cooldown that is none",
                        CONFIG,
                        "breaker: { failures: 5, cooldown: 60s }",
                        "breaker: { failures: 5, cooldown: 10ms }",
                        "breaker-cooldown"),
                warning(
                        "a key in the file",
                        CONFIG,
                        "providers: {}",
                        "providers:\n  acme: { base-url: \"https://llm.acme.example/v1\", api-key: sk-in-the-file }",
                        "key-in-file",
                        "{{env:NAME}}"),
                warning(
                        "a key sent in the clear",
                        CONFIG,
                        "providers: {}",
                        "providers:\n  acme: { base-url: \"http://llm.acme.example/v1\", api-key: \"{{env:ACME_API_KEY}}\" }",
                        "key-in-clear",
                        "acme"));
    }
}
