package io.camelback.config.reader;

import io.camelback.config.yaml.ReaderContext;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a provider's {@code headers}: what its requests carry beside what every request carries. Only those that say
 * something to the provider: framing and routing stay the gateway's. A value is never repeated in a message, for it may
 * be a key.
 */
final class HeadersReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]{0,4094}[!-~])?");
    private static final Pattern SECRET = Pattern.compile("key|token|auth|secret|cookie");
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "accept-encoding",
            "keep-alive",
            "expect",
            "te",
            "trailer",
            "upgrade",
            "proxy-connection",
            "proxy-authorization");

    private HeadersReader() {}

    /** By lower-case name, in the order of the file. */
    static Map<String, String> read(YamlSection section, ReaderContext scope) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (YamlValue value : section.values()) {
            String name = value.key.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                value.problem("is not the name of a header", "Write letters, digits and hyphens, such as x-title");
            } else if (OURS.contains(name) || name.startsWith("camel")) {
                value.problem("is the gateway's own to set", "Remove it");
            } else if (headers.containsKey(name)) {
                value.problem("appears twice, in different case", "Keep one of the two");
            } else {
                value.text().ifPresent(text -> headers.put(name, checked(value, text, scope)));
            }
        }
        return headers;
    }

    private static String checked(YamlValue value, String text, ReaderContext scope) {
        if (!VALUE.matcher(text).matches()) {
            value.problem(
                    "holds characters that no header may have, or more than 4096",
                    "Check it for line breaks and for letters beyond ASCII");
        }
        boolean open = value.raw().filter(raw -> !raw.contains("{{")).isPresent();
        if (open && SECRET.matcher(value.key.toLowerCase(Locale.ROOT)).find()) {
            scope.warning(value.path
                    + " is written in the file: put it into an environment variable and write \"{{env:NAME}}\"");
        }
        return text;
    }
}
