package io.camelback.config;

import io.camelback.config.Environment.Filled;
import io.camelback.config.Parser.Unreadable;
import io.camelback.config.Providers.Known;
import io.camelback.dialect.Refusal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code providers}: what the file says goes over the environment, and that over what is built in. */
final class ProviderReader {
    private static final List<String> REFUSALS = Arrays.stream(Refusal.values()).map(Refusal::key).toList();
    private static final Pattern STOP_REASON = Pattern.compile("[\\w.-]{1,80}");
    private final Section section;
    private final Scope scope;

    private ProviderReader(Section section, Scope scope) {
        this.section = section;
        this.scope = scope;
    }

    /** A key and where it comes from; either may be null. */
    private record Key(String value, String variable) {
        static final Key NONE = new Key(null, null);
    }

    static Map<String, Provider> read(Section section, Scope scope) {
        return new ProviderReader(section, scope).read();
    }

    private Map<String, Provider> read() {
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (Known known : Providers.KNOWN) {
            providers.put(known.name(), known(known, section.section(known.name())));
        }
        for (Value value : section.values()) {
            if (!providers.containsKey(value.key) && Names.check(value)) {
                custom(value).ifPresent(provider -> providers.put(provider.name(), provider));
            }
        }
        return providers;
    }

    private Provider known(Known known, Section own) {
        checkKeys(own);
        String dialect = own.read("dialect", Units.oneOf(Providers.DIALECTS), known.dialect());
        String baseUrl = own.find("base-url").isPresent() ? baseUrl(own, dialect) : baseUrl(known, dialect);
        Key key = own.find("api-key").map(this::key).orElseGet(() -> key(known));
        boolean required = own.read("key-required", Units::flag, known.keyRequired());
        Set<Refusal> refuses = own.find("refuses").isPresent() ? refusals(own) : known.refuses();
        return new Provider(known.name(), dialect, baseUrl, key.value(), key.variable(), required, refuses,
                quotaStops(own), headers(own));
    }

    private Optional<Provider> custom(Value value) {
        Section own = value.section();
        checkKeys(own);
        String dialect = own.read("dialect", Units.oneOf(Providers.DIALECTS), "openai");
        Key key = own.find("api-key").map(this::key).orElse(Key.NONE);
        boolean withKey = own.find("api-key").isPresent();
        boolean required = own.read("key-required", Units::flag, withKey);
        if (required && !withKey) {
            own.find("key-required").ifPresent(flag -> flag.problem("asks for a key, but there is no api-key",
                    "Add api-key: \"{{env:NAME}}\""));
        }
        String meant = Nearest.find(value.key, Providers.names()).map(name -> ". Or did you mean " + name + "?").orElse("");
        if (own.require("base-url", "Add base-url: https://…/v1, where it answers" + meant).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(baseUrl(own, dialect))
                .map(url -> new Provider(value.key, dialect, url, key.value(), key.variable(), required,
                        customRefusals(own, dialect), quotaStops(own), headers(own)));
    }

    /** Those listed; without a list what most servers of OpenAI's interface do not know. */
    private static Set<Refusal> customRefusals(Section own, String dialect) {
        boolean unsaid = own.find("refuses").isEmpty() && dialect.equals("openai");
        return unsaid ? Providers.MOST_COMPATIBLES : refusals(own);
    }

    private static void checkKeys(Section own) {
        own.only("dialect", "base-url", "api-key", "key-required", "refuses", "quota-stops", "headers");
    }

    private static Set<String> quotaStops(Section own) {
        return Set.copyOf(own.list("quota-stops", text -> {
            if (!STOP_REASON.matcher(text).matches()) {
                throw new Unreadable("is no stop reason", "Write it as the provider does, such as model_context_window_exceeded");
            }
            return text;
        }));
    }

    private Map<String, String> headers(Section own) {
        return HeadersReader.read(own.section("headers"), scope);
    }

    static Set<Refusal> refusals(Section own) {
        Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
        own.list("refuses", Units.oneOf(REFUSALS)).forEach(key -> refusals.add(Refusal.values()[REFUSALS.indexOf(key)]));
        return refusals;
    }

    /** From the file; null when it is no address. The address is not repeated: somebody may have put a key there. */
    private static String baseUrl(Section own, String dialect) {
        Value value = own.find("base-url").orElseThrow();
        return value.text().map(text -> {
            try {
                return BaseUrl.normal(dialect, text);
            } catch (Unreadable e) {
                value.problem(e.getMessage(), e.fix);
                return null;
            }
        }).orElse(null);
    }

    private String baseUrl(Known known, String dialect) {
        String variable = known.variable("_BASE_URL");
        try {
            return BaseUrl.normal(dialect, scope.environment.get(variable).orElse(known.baseUrl()));
        } catch (Unreadable e) {
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
    private Key key(Value value) {
        Filled filled = value.raw().map(scope.environment::fill).orElse(null);
        if (filled == null) {
            return Key.NONE;
        }
        if (filled.malformed()) {
            value.problem("has a placeholder that cannot be read", "Write {{env:NAME}} or {{env:NAME:default}}");
            return Key.NONE;
        }
        if (filled.variables().isEmpty()) {
            scope.warning(value.path + " stands in the file: put it in an environment variable and write \"{{env:NAME}}\"");
            checkKey(filled.text()).ifPresent(fault -> value.problem(fault.getMessage(), fault.fix));
            return new Key(filled.text(), null);
        }
        List<String> missing = filled.missing();
        String variable = missing.isEmpty() ? filled.variables().get(0) : missing.get(0);
        String key = missing.isEmpty() && !filled.text().isEmpty() ? filled.text() : null;
        checkKey(key).ifPresent(fault -> value.problem(fault.getMessage(), fault.fix));
        return new Key(key, variable);
    }

    private static Optional<Unreadable> checkKey(String key) {
        if (key == null) {
            return Optional.empty();
        }
        if (key.startsWith("${") || key.startsWith("{{")) {
            return Optional.of(new Unreadable("holds a placeholder that nobody filled in", "Put the key itself there"));
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.of(new Unreadable("holds characters that no key has", "Check it for blanks, line breaks and quotes"));
        }
        return Optional.empty();
    }
}
