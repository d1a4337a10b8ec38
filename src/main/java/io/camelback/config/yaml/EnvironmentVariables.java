package io.camelback.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Environment variables, and the {@code {{env:NAME}}} and {@code {{env:NAME:default}}} that stand for them. */
public final class EnvironmentVariables {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::(.*?))?}}");
    private final Function<String, String> variables;

    public EnvironmentVariables(Function<String, String> variables) {
        this.variables = variables;
    }

    /** A variable's value without blanks around it; one that is set to nothing counts as not set. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * A text with its placeholders replaced.
     *
     * @param variables all that it names, in order
     * @param missing those that are neither set nor have a default; the text is then of no use
     * @param malformed whether braces are left that are no placeholder
     */
    public record Resolved(String text, List<String> variables, List<String> missing, boolean malformed) {}

    public Resolved fill(String raw) {
        List<String> named = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(raw);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            named.add(name);
            Optional<String> value = get(name).or(() -> Optional.ofNullable(matcher.group(2)));
            if (value.isEmpty()) {
                missing.add(name);
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value.orElse("")));
        }
        matcher.appendTail(filled);
        String rest = PLACEHOLDER.matcher(raw).replaceAll("");
        return new Resolved(filled.toString().strip(), named, missing, rest.contains("{{"));
    }
}
