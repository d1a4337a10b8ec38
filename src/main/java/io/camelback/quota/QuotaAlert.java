package io.camelback.quota;

import java.time.Instant;

/**
 * A quota has refused a request for the first time that this gateway knows of, until it has room again.
 *
 * @param subject {@code deployment:…} or {@code key:…}
 * @param quota which one: {@code 50 requests a day}
 * @param until when there is room again
 * @param cooldown whether that is the end of a cooldown, and not of the quota's window
 */
public record QuotaAlert(String subject, String quota, Instant until, boolean cooldown) {
    /** Whether it is a deployment's quota, and not one of a client key. */
    public boolean ofDeployment() {
        return subject.startsWith(QuotaService.DEPLOYMENT);
    }

    /** The deployment, or the key's id. */
    public String name() {
        return subject.substring(subject.indexOf(':') + 1);
    }
}
