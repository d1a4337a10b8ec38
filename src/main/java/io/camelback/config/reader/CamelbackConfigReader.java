package io.camelback.config.reader;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.ConnectionLimits;
import io.camelback.config.Deployment;
import io.camelback.config.LimitSettings;
import io.camelback.config.LoadedConfig;
import io.camelback.config.ModelAlias;
import io.camelback.config.Provider;
import io.camelback.config.ServerSettings;
import io.camelback.config.yaml.ConfigException;
import io.camelback.config.yaml.EnvironmentVariables;
import io.camelback.config.yaml.ReadObserver;
import io.camelback.config.yaml.ReaderContext;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlParser;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import io.camelback.pricing.PriceList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code config/camelback.yaml}: the whole file is valid, or every problem is reported. */
public final class CamelbackConfigReader {
    private CamelbackConfigReader() {}

    /**
     * Reads and checks a configuration.
     *
     * @param yaml the file's text
     * @param fileName how the operator knows the file, for messages
     * @param env the environment; gives null for a variable that is not set
     * @throws ConfigException with every problem found
     */
    public static LoadedConfig read(String yaml, String fileName, Function<String, String> env) {
        return read(yaml, fileName, PriceList.NONE, env);
    }

    /** @param prices for deployments that do not say their own */
    public static LoadedConfig read(String yaml, String fileName, PriceList prices, Function<String, String> env) {
        PartialConfig read = readPartial(yaml, prices, env);
        if (!read.problems().isEmpty()) {
            throw new ConfigException(fileName, read.problems());
        }
        CamelbackConfig config = read.config().orElseThrow();
        List<String> warnings = new ArrayList<>(read.warnings());
        warnings.addAll(withoutKey(config.deployments().values()));
        return new LoadedConfig(config, warnings);
    }

    /**
     * Reads what can be read, for checks of a configuration that is wrong in places. Never throws for what the file
     * says.
     */
    public static PartialConfig readPartial(String yaml, PriceList prices, Function<String, String> env) {
        ReaderContext scope = new ReaderContext(new EnvironmentVariables(env));
        Optional<CamelbackConfig> read = YamlParser.root(yaml, scope).map(root -> config(root, scope, prices));
        return new PartialConfig(read, scope.problems(), scope.warnings());
    }

    /** Reads a text and tells the observer what was asked of it; what is wrong with it does not matter. */
    static void observe(String yaml, ReadObserver observer) {
        ReaderContext scope = new ReaderContext(new EnvironmentVariables(name -> null), observer);
        YamlParser.root(yaml, scope).ifPresent(root -> config(root, scope, PriceList.NONE));
    }

    private static CamelbackConfig config(YamlSection root, ReaderContext scope, PriceList prices) {
        root.only(
                "server",
                "defaults",
                "providers",
                "deployments",
                "chains",
                "aliases",
                "ledger",
                "routing",
                "budgets",
                "layers",
                "keys",
                "limits");
        YamlSection providerSection = root.section("providers");
        Map<String, Provider> providers = ProviderReader.read(providerSection, scope);
        Set<String> providerNames = new LinkedHashSet<>(providers.keySet());
        providerSection.values().forEach(value -> providerNames.add(value.key));
        DeploymentDefaults defaults =
                DeploymentDefaults.BUILT_IN.with(root.section("defaults").only(DeploymentDefaults.KEYS));
        YamlSection deployments = root.section("deployments");
        if (deployments.values().isEmpty()) {
            scope.problem(
                    "deployments",
                    deployments.line,
                    "there is none, so no request could be answered",
                    "Add one, such as claude-haiku: { provider: anthropic, model: claude-haiku-4-5 }");
        }
        Map<String, Deployment> read =
                new DeploymentReader(providers, providerNames, defaults, prices).read(deployments);
        return new CamelbackConfig(
                providers,
                read,
                aliases(root.section("aliases")),
                server(root.section("server")),
                ChainReader.read(root.section("chains")),
                LedgerReader.read(root),
                RoutingReader.read(root.section("routing")),
                new BudgetReader(root, read).read(),
                keysRequired(root),
                QuotaSettingsReader.read(deployments),
                LimitSettings.read(root.section("limits")),
                prices);
    }

    /** Keys stand in the ledger's database. */
    private static boolean keysRequired(YamlSection root) {
        Optional<YamlValue> keys = root.find("keys");
        boolean required = keys.flatMap(value -> value.parse(ValueParsers.oneOf(List.of("required"))))
                .isPresent();
        if (required && root.find("ledger").filter(YamlValue::single).isPresent()) {
            keys.get()
                    .problem(
                            "there is no ledger, whose database would hold the keys",
                            "Remove this line, or ledger: off");
        }
        return required;
    }

    private static ServerSettings server(YamlSection section) {
        section.only(
                "max-body",
                "workers",
                "stop-delay",
                "stop-grace",
                "heartbeat",
                "keep-alive",
                "max-connections",
                "timeouts",
                "idempotency",
                "websockets");
        return new ServerSettings(
                section.read("max-body", ValueParsers.size(1 << 10, 1 << 30), ServerSettings.DEFAULT.maxBodyBytes()),
                section.read("workers", ValueParsers.whole(1, 10_000), ServerSettings.DEFAULT.workers()),
                section.read("stop-delay", ValueParsers.DELAY, ServerSettings.DEFAULT.stopDelay()),
                section.read("stop-grace", ValueParsers.DELAY, ServerSettings.DEFAULT.stopGrace()),
                section.read("heartbeat", ValueParsers.TIMER, ServerSettings.DEFAULT.heartbeat()),
                ConnectionLimits.read(section),
                ClientTimeoutReader.read(section.section("timeouts")),
                IdempotencyReader.read(section.section("idempotency")),
                section.read("websockets", ValueParsers.FLAG, ServerSettings.DEFAULT.webSockets()));
    }

    private static List<ModelAlias> aliases(YamlSection section) {
        List<ModelAlias> aliases = new ArrayList<>();
        for (YamlValue value : section.values()) {
            // A pattern read as a name: whatever its own stars stand for, the earlier one matches that too.
            aliases.stream()
                    .filter(earlier -> earlier.matches(value.key))
                    .findFirst()
                    .ifPresent(earlier -> value.problem(
                            "is never reached: " + earlier.pattern() + " in line " + earlier.line()
                                    + " matches all that it does",
                            "Move it above that line, or remove it"));
            value.text().ifPresent(target -> aliases.add(new ModelAlias(value.key, target, value.line)));
        }
        return aliases;
    }

    private static List<String> withoutKey(Collection<Deployment> deployments) {
        Map<String, List<String>> disabled = new LinkedHashMap<>();
        for (Deployment deployment : deployments) {
            if (!deployment.usable()) {
                disabled.computeIfAbsent(deployment.provider().keyVariable(), name -> new ArrayList<>())
                        .add(deployment.name());
            }
        }
        List<String> warnings = new ArrayList<>();
        disabled.forEach((variable, names) -> warnings.add(variable + " is not set: " + String.join(", ", names)
                + (names.size() == 1
                        ? " is disabled; chains go on without it"
                        : " are disabled; chains go on without them")));
        return warnings;
    }
}
