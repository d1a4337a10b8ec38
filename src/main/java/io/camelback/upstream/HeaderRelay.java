package io.camelback.upstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Selects the provider's response headers that a client of the same API format may see (docs/wire-formats.md 4.4;
 * docs/failures.md H09): the account's rate limits, by which clients pace themselves, and the provider's own id of the
 * request, for its support. No names of accounts, and nothing that a browser or a proxy would act on.
 */
public final class HeaderRelay {
    /** Where providers say how they call the request. */
    public static final List<String> IDS = List.of("request-id", "x-request-id");

    private static final List<String> LIMITS = List.of("anthropic-ratelimit-", "anthropic-priority-", "x-ratelimit-");
    private static final Pattern PLAIN = Pattern.compile("[!-~][ -~]{0,199}");
    private static final int MOST = 40;

    private HeaderRelay() {}

    /** By lower-case name. */
    static Map<String, String> of(HttpResponse response) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            boolean known = IDS.contains(name) || LIMITS.stream().anyMatch(name::startsWith);
            if (known
                    && kept.size() < MOST
                    && header.getValue() != null
                    && PLAIN.matcher(header.getValue()).matches()) {
                kept.putIfAbsent(name, header.getValue());
            }
        }
        return kept;
    }
}
