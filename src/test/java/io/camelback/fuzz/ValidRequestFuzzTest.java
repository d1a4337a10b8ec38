package io.camelback.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProviderAccount;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.testkit.ConfigReading;
import io.camelback.testkit.validation.ChatRequestValidator;
import io.camelback.testkit.validation.Findings;
import io.camelback.testkit.validation.Findings.Finding;
import io.camelback.testkit.validation.Findings.Kind;
import io.camelback.testkit.validation.GeminiRequestValidator;
import io.camelback.testkit.validation.MessagesRequestValidator;
import io.camelback.testkit.validation.ResponsesRequestValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests that are valid by their vendor's schema, with all that real clients put into them: none is refused by the
 * gateway's own reading, and none reaches a strict maker in a form that it refuses. The seed is printed;
 * {@code -Dcamelback.fuzz.seed} and {@code -Dcamelback.fuzz.count} set it and the number of requests per endpoint.
 */
class ValidRequestFuzzTest {
    private static final long SEED = Long.getLong("camelback.fuzz.seed", 20261128);
    private static final int COUNT = Integer.getInteger("camelback.fuzz.count", 400);
    private static final int SHOWN = 3;

    enum Endpoint {
        CHAT("openai", ChatRequestGenerator::next),
        RESPONSES("responses", ResponsesRequestGenerator::next),
        MESSAGES("anthropic", MessagesRequestGenerator::next),
        GEMINI("gemini", GeminiRequestGenerator::next);

        private final String format;
        private final Function<SeededChoice, ObjectNode> generator;

        Endpoint(String format, Function<SeededChoice, ObjectNode> generator) {
            this.format = format;
            this.generator = generator;
        }
    }

    /** One maker's server, and a current model of it. */
    record Target(String format, ProviderModel model) {
        private Findings check(ObjectNode body) {
            return switch (format) {
                case "openai" -> ChatRequestValidator.check(body, model);
                case "responses" -> ResponsesRequestValidator.check(body, model);
                case "anthropic" -> MessagesRequestValidator.check(body, model);
                default -> GeminiRequestValidator.check(body);
            };
        }
    }

    /** Of the shipped configuration, and two more. */
    private static final Map<String, Deployment> DEPLOYMENTS = deployments();

    private static final List<Target> TARGETS = Stream.concat(
                    Stream.of(
                                    "gpt",
                                    "openai-4o",
                                    "groq-llama",
                                    "mistral-small",
                                    "deepseek-pro",
                                    "glm",
                                    "minimax",
                                    "grok",
                                    "local-qwen",
                                    "more")
                            .map(name -> target("openai", name)),
                    Stream.of(
                            target("responses", "gpt-responses"),
                            new Target("responses", new ProviderModel("acme-1", 64_000, Set.of(), "acme")),
                            target("anthropic", "claude-sonnet"),
                            target("anthropic", "claude-haiku"),
                            target("gemini", "gemini-pro")))
            .toList();

    private static Map<String, Deployment> deployments() {
        try {
            String shipped = Files.readString(Path.of("config/camelback.yaml"))
                    .replaceFirst(
                            "(?m)^deployments:$", "deployments:\n  more: { provider: openrouter, model: qwen/qwen3 }");
            Map<String, String> keys = new HashMap<>();
            for (String provider : List.of(
                    "OPENAI",
                    "ANTHROPIC",
                    "GEMINI",
                    "GROQ",
                    "MISTRAL",
                    "DEEPSEEK",
                    "ZAI",
                    "MINIMAX",
                    "XAI",
                    "OPENROUTER",
                    "NANOGPT")) {
                keys.put(provider + "_API_KEY", "none");
            }
            return ConfigReading.read(shipped, keys).config().deployments();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Target target(String format, String deployment) {
        Deployment model = Objects.requireNonNull(DEPLOYMENTS.get(deployment), deployment);
        return new Target(
                format,
                new ProviderModel(
                        model.model(),
                        model.maxOutput(),
                        model.unsupported(),
                        model.provider().name()));
    }

    private final Map<String, ClientCodec> clients = byName(FuzzedProtocols.endpoints(), ClientCodec::name);
    private final Map<String, ProviderCodec> providers = byName(FuzzedProtocols.dialects(), ProviderCodec::name);
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, String> examples = new LinkedHashMap<>();

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        Map<String, T> map = new LinkedHashMap<>();
        all.forEach(one -> map.put(name.apply(one), one));
        return map;
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(600)
    void no_valid_request_is_refused_here_or_by_a_strict_maker(Endpoint endpoint) {
        System.out.println("Seed of " + endpoint + ": -Dcamelback.fuzz.seed=" + SEED);
        for (int i = 0; i < COUNT; i++) {
            String name = endpoint + " " + i;
            ObjectNode body = endpoint.generator.apply(new SeededChoice(SEED * 1_000_003 + i));
            String before = Json.text(body);
            try {
                ChatRequest request = clients.get(endpoint.format).readRequest(body);
                TARGETS.forEach(target -> write(name, endpoint, body, request, target));
            } catch (InvalidRequestException refused) {
                failed("the gateway itself: " + refused.error().message().replaceAll("\\d+", "N"), name, before);
            }
            assertThat(Json.text(body)).isEqualTo(before);
        }
        report(endpoint);
    }

    private void write(String name, Endpoint endpoint, ObjectNode original, ChatRequest request, Target target) {
        ProviderCodec codec = providers.get(target.format());
        boolean same = endpoint.format.equals(target.format());
        ObjectNode body;
        try {
            ChatRequest fitted = new ProviderAccount(codec, target.model().provider()).sent(request);
            boolean asItCame = same && !codec.retells(fitted, target.model());
            ToolNames names = ToolNames.of(fitted, asItCame ? ToolNames.ANY : codec.toolNames(), codec.argumentNames());
            body = codec.writeRequest(names.sent(fitted), target.model(), request.stream());
        } catch (UnsupportedFeatureException passedOver) {
            counts.merge(
                    "skipped " + target.model().provider() + "/" + target.format() + ": " + passedOver.getMessage(),
                    1,
                    Integer::sum);
            return;
        }
        counts.merge("written " + target.model().provider() + "/" + target.format(), 1, Integer::sum);
        Set<Kind> own = same ? callersOwn(original, target) : Set.of();
        for (Finding finding : target.check(body).without(own)) {
            String rule = finding.toString().replaceAll("\\d+", "N").replaceAll("\"[^\"]{12,}\"", "\"…\"");
            failed(
                    target.model().provider() + "/" + target.format() + ": " + rule,
                    name,
                    Json.text(original) + "\n   sent " + Json.text(body));
        }
    }

    /** What goes on to the same format as it came, and what the caller's own maker would refuse as well. */
    private static Set<Kind> callersOwn(ObjectNode original, Target target) {
        Target home = target.format().equals("openai") || target.format().equals("responses")
                ? new Target(target.format(), new ProviderModel("m", 0, Set.of(), "openai"))
                : target;
        boolean disorder = home.check(original).kinds().contains(Kind.ORDER);
        return disorder ? EnumSet.of(Kind.UNKNOWN, Kind.SCHEMA, Kind.ORDER) : EnumSet.of(Kind.UNKNOWN, Kind.SCHEMA);
    }

    private void failed(String what, String name, String example) {
        counts.merge("REFUSED by " + what, 1, Integer::sum);
        examples.putIfAbsent(what, name + "\n        " + example);
    }

    private void report(Endpoint endpoint) {
        boolean counted = System.getProperty("camelback.fuzz.count") != null;
        (counted ? counts : Map.<String, Integer>of())
                .forEach((what, count) -> System.out.println("  " + endpoint + " " + count + " " + what));
        StringBuilder told = new StringBuilder();
        examples.entrySet().stream()
                .limit(SHOWN)
                .forEach(example -> told.append(example.getKey())
                        .append("\n    ")
                        .append(example.getValue())
                        .append('\n'));
        assertThat(examples.keySet()).as(told.toString()).isEmpty();
        for (Target target : TARGETS) {
            assertThat(counts.getOrDefault("written " + target.model().provider() + "/" + target.format(), 0))
                    .as("requests that were written for " + target)
                    .isGreaterThan(COUNT / 4);
        }
    }
}
