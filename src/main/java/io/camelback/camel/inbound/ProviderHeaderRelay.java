package io.camelback.camel.inbound;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.RequestIds;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.upstream.HeaderRelay;
import java.util.Map;

/**
 * Hands the provider's limits and its id of the request to a caller of the same dialect, so long as one account alone
 * was asked: after a failover they would describe an account that the caller does not know of (docs/wire-formats.md
 * 4.4).
 */
final class ProviderHeaderRelay {
    private ProviderHeaderRelay() {}

    /**
     * Adds them to the headers of an answer.
     *
     * @param format the name of the caller's API format
     * @param attempt the one whose answer it is; null when no provider answered
     */
    static void add(Map<String, String> headers, String format, ProviderAttempt attempt, CamelbackConfig config) {
        if (attempt == null || !attempt.deployment().protocolName().equals(format) || !oneAccount(attempt, config)) {
            return;
        }
        boolean named = !RequestIds.isMade(attempt.context().id());
        attempt.upstream().relayed().forEach((name, value) -> {
            if (!named || !HeaderRelay.IDS.contains(name)) {
                headers.put(name, value);
            }
        });
    }

    /** Deployments without a key are nobody's account. */
    private static boolean oneAccount(ProviderAttempt attempt, CamelbackConfig config) {
        String account = attempt.deployment().provider().name();
        return attempt.context().trail().attempts().stream()
                .flatMap(tried -> config.deployment(tried.deployment()).stream())
                .filter(Deployment::usable)
                .allMatch(tried -> tried.provider().name().equals(account));
    }
}
