package io.camelback.config.reader;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.yaml.YamlValue;
import java.util.regex.Pattern;

/** Validates names in the configuration: they become route ids, parts of endpoint URIs and header values. */
final class NameValidator {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private NameValidator() {}

    /** Whether the value's key can be a name; reported when not. */
    static boolean check(YamlValue value) {
        boolean good = NAME.matcher(value.key).matches() && !value.key.equals(CamelbackConfig.AUTO);
        if (!good) {
            value.problem("cannot be a name", "Use letters, digits, dots and dashes, at most 64, and not \"auto\"");
        }
        return good;
    }
}
