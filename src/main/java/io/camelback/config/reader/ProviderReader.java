package io.camelback.config.reader;

import io.camelback.config.Provider;
import io.camelback.config.reader.BuiltInProviders.Known;
import io.camelback.config.yaml.EnvironmentVariables.Resolved;
import io.camelback.config.yaml.ReaderContext;
import io.camelback.config.yaml.SpellingSuggestion;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import io.camelback.protocol.UnsupportedParameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code providers}: the file overrides the environment, which overrides the built-in values. */
final class ProviderReader {
    private static final List<String> REFUSALS = Arrays.stream(UnsupportedParameter.values())
            .map(UnsupportedParameter::key)
            .toList();
    private static final Pattern STOP_REASON = Pattern.compile("[\\w.-]{1,80}");
    private final YamlSection section;
    private final ReaderContext scope;

    private ProviderReader(YamlSection section, ReaderContext scope) {
        this.section = section;
        this.scope = scope;
    }

    /** A key and where it comes from; either may be null. */
    private record Key(String value, String variable) {
        static final Key NONE = new Key(null, null);
    }

    static Map<String, Provider> read(YamlSection section, ReaderContext scope) {
        return new ProviderReader(section, scope).read();
    }

    private Map<String, Provider> read() {
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (Known known : BuiltInProviders.KNOWN) {
            providers.put(known.name(), known(known, section.section(known.name())));
        }
        for (YamlValue value : section.values()) {
            if (!providers.containsKey(value.key) && NameValidator.check(value)) {
                custom(value).ifPresent(provider -> providers.put(provider.name(), provider));
            }
        }
        return providers;
    }

    private Provider known(Known known, YamlSection own) {
        checkKeys(own);
        String dialect = own.read("dialect", ValueParsers.oneOf(BuiltInProviders.DIALECTS), known.dialect());
        String baseUrl = own.find("base-url").isPresent() ? baseUrl(own, dialect) : baseUrl(known, dialect);
        Key key = own.find("api-key").map(this::key).orElseGet(() -> key(known));
        boolean required = own.read("key-required", ValueParsers.FLAG, known.keyRequired());
        Set<UnsupportedParameter> refuses = own.find("unsupported").isPresent() ? refusals(own) : known.refuses();
        return new Provider(
                known.name(),
                dialect,
                baseUrl,
                key.value(),
                key.variable(),
                required,
                refuses,
                quotaStops(own),
                headers(own));
    }

    private Optional<Provider> custom(YamlValue value) {
        YamlSection own = value.section();
        checkKeys(own);
        String dialect = own.read("dialect", ValueParsers.oneOf(BuiltInProviders.DIALECTS), "openai");
        Key key = own.find("api-key").map(this::key).orElse(Key.NONE);
        boolean withKey = own.find("api-key").isPresent();
        boolean required = own.read("key-required", ValueParsers.FLAG, withKey);
        if (required && !withKey) {
            own.find("key-required")
                    .ifPresent(flag ->
                            flag.problem("asks for a key, but there is no api-key", "Add api-key: \"{{env:NAME}}\""));
        }
        String meant = SpellingSuggestion.find(value.key, BuiltInProviders.names())
                .map(name -> ". Or did you mean " + name + "?")
                .orElse("");
        if (own.require("base-url", "Add base-url: https://…/v1, where it answers" + meant)
                .isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(baseUrl(own, dialect))
                .map(url -> new Provider(
                        value.key,
                        dialect,
                        url,
                        key.value(),
                        key.variable(),
                        required,
                        customRefusals(own, dialect),
                        quotaStops(own),
                        headers(own)));
    }

    /** Those listed; without a list what most servers of OpenAI's interface do not know. */
    private static Set<UnsupportedParameter> customRefusals(YamlSection own, String dialect) {
        boolean unsaid = own.find("unsupported").isEmpty() && dialect.equals("openai");
        return unsaid ? BuiltInProviders.MOST_COMPATIBLES : refusals(own);
    }

    private static void checkKeys(YamlSection own) {
        own.only("dialect", "base-url", "api-key", "key-required", "unsupported", "quota-stop-reasons", "headers");
    }

    private static Set<String> quotaStops(YamlSection own) {
        return Set.copyOf(own.list("quota-stop-reasons", text -> {
            if (!STOP_REASON.matcher(text).matches()) {
                throw new UnreadableValueException(
                        "is no stop reason", "Write it as the provider does, such as model_context_window_exceeded");
            }
            return text;
        }));
    }

    private Map<String, String> headers(YamlSection own) {
        return HeadersReader.read(own.section("headers"), scope);
    }

    static Set<UnsupportedParameter> refusals(YamlSection own) {
        Set<UnsupportedParameter> refusals = EnumSet.noneOf(UnsupportedParameter.class);
        own.list("unsupported", ValueParsers.oneOf(REFUSALS))
                .forEach(key -> refusals.add(UnsupportedParameter.values()[REFUSALS.indexOf(key)]));
        return refusals;
    }

    /** From the file; null when it is no address. The address is not repeated: somebody may have put a key there. */
    private static String baseUrl(YamlSection own, String dialect) {
        YamlValue value = own.find("base-url").orElseThrow();
        return value.text()
                .map(text -> {
                    try {
                        return BaseUrl.normal(dialect, text);
                    } catch (UnreadableValueException e) {
                        value.problem(e.getMessage(), e.fix);
                        return null;
                    }
                })
                .orElse(null);
    }

    private String baseUrl(Known known, String dialect) {
        String variable = known.variable("_BASE_URL");
        try {
            return BaseUrl.normal(dialect, scope.environment.get(variable).orElse(known.baseUrl()));
        } catch (UnreadableValueException e) {
            scope.problem(variable, 0, e.getMessage(), e.fix);
            return null;
        }
    }

    private Key key(Known known) {
        String variable = known.variable("_API_KEY");
        String key = scope.environment.get(variable).orElse(null);
        checkKey(key).ifPresent(fault -> scope.problem(variable, 0, fault.getMessage(), fault.fix));
        return new Key(key, variable);
    }

    /** From the file. A variable that is not set is no problem but a warning, once the deployments are known. */
    private Key key(YamlValue value) {
        Resolved filled = value.raw().map(scope.environment::fill).orElse(null);
        if (filled == null) {
            return Key.NONE;
        }
        if (filled.malformed()) {
            value.problem("has a placeholder that cannot be read", "Write {{env:NAME}} or {{env:NAME:default}}");
            return Key.NONE;
        }
        if (filled.variables().isEmpty()) {
            scope.warning(value.path
                    + " is written in the file: put it into an environment variable and write \"{{env:NAME}}\"");
            checkKey(filled.text()).ifPresent(fault -> value.problem(fault.getMessage(), fault.fix));
            return new Key(filled.text(), null);
        }
        List<String> missing = filled.missing();
        String variable = missing.isEmpty() ? filled.variables().get(0) : missing.get(0);
        String key = missing.isEmpty() && !filled.text().isEmpty() ? filled.text() : null;
        checkKey(key).ifPresent(fault -> value.problem(fault.getMessage(), fault.fix));
        return new Key(key, variable);
    }

    private static Optional<UnreadableValueException> checkKey(String key) {
        if (key == null) {
            return Optional.empty();
        }
        if (key.startsWith("${") || key.startsWith("{{")) {
            return Optional.of(
                    new UnreadableValueException("holds a placeholder without a value", "Put the key itself there"));
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.of(new UnreadableValueException(
                    "holds characters that no key has", "Check it for blanks, line breaks and quotes"));
        }
        return Optional.empty();
    }
}
