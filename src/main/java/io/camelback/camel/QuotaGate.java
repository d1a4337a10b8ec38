package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.Limits;
import io.camelback.dialect.InvalidRequest;
import io.camelback.failure.NotAdmitted;
import io.camelback.key.ClientKey;
import io.camelback.ledger.LedgerUnavailable;
import io.camelback.quota.QuotaExceeded;
import io.camelback.quota.Quotas;
import io.camelback.routing.Attempt;
import io.camelback.routing.Drop;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks the quotas, as one version of the configuration has them: of the caller's key at the door, of a deployment before its turn. */
final class QuotaGate {
    /** How soon a place may be free again among requests that run at once. */
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LEDGER_BACK = Duration.ofSeconds(15);

    private final Quotas quotas;
    private final CamelbackConfig config;

    QuotaGate(Quotas quotas, CamelbackConfig config) {
        this.quotas = quotas;
        this.config = config;
    }

    /** @throws InvalidRequest 429 when the key's quotas have no room; nobody else is the slower for it */
    void enter(Call call, ClientKey key) {
        Limits limits = key.settings().limits();
        if (!limits.counts() && limits.concurrent() == 0) {
            return;
        }
        try {
            Quotas.Admission admission = quotas.admit(Quotas.KEY + key.id(), limits, config.spending().zone(), tokens(call, limits));
            call.standing(admission.standing().headers());
            call.atTheEnd(() -> admission.settle(1, used(call.trail().attempts())));
        } catch (QuotaExceeded e) {
            call.end();
            call.standing(e.standing().headers());
            Duration wait = e.left() == null ? SOON : e.left();
            throw new InvalidRequest(new GatewayError(429, "rate_limit_exceeded", "This key allows " + e.getMessage() + ".", null,
                    wait));
        } catch (LedgerUnavailable e) {
            call.end();
            throw new InvalidRequest(new GatewayError(503, "ledger_unavailable", "Whether this key's quota allows this cannot be said"
                    + " now.", null, LEDGER_BACK));
        }
    }

    /** @throws NotAdmitted when the deployment's quotas have no room, or cannot be asked */
    Booking admit(Call call, Deployment deployment) {
        Limits limits = config.limits().get(deployment.name());
        if (limits == null) {
            return Booking.NONE;
        }
        try {
            Quotas.Admission admission = quotas.admit(Quotas.DEPLOYMENT + deployment.name(), limits, config.spending().zone(),
                    tokens(call, limits));
            return turns -> admission.settle(turns.size(), used(turns));
        } catch (QuotaExceeded e) {
            call.trail().add(Attempt.overQuota(deployment.name(), e.getMessage(), e.left()));
            throw new NotAdmitted(deployment.name(), NotAdmitted.Reason.QUOTA);
        } catch (LedgerUnavailable e) {
            call.trail().add(Attempt.skipped(deployment.name(), NotAdmitted.Reason.NO_LEDGER, Attempt.NO_LEDGER));
            throw new NotAdmitted(deployment.name(), NotAdmitted.Reason.NO_LEDGER);
        }
    }

    /** Whether {@link #admit} would refuse, as far as this gateway knows. */
    Optional<Drop> foresee(Call call, Deployment deployment) {
        Limits limits = config.limits().get(deployment.name());
        return limits == null ? Optional.empty() : quotas.foresee(Quotas.DEPLOYMENT + deployment.name(), limits, config.spending().zone(),
                tokens(call, limits)).map(full -> Drop.overQuota(full.getMessage(), full.left()));
    }

    /**
     * Of question and answer, as far as they are known; counted only where tokens are limited. An answer without a bound counts
     * when it is there. Its deployment's longest one is often more than a quota allows in all, and would refuse who fits.
     */
    private static long tokens(Call call, Limits limits) {
        if (limits.tokens().isEmpty()) {
            return 0;
        }
        ChatRequest request = call.request();
        return call.inputTokens() + (request == null || request.maxOutputTokens() == null ? 0 : request.maxOutputTokens());
    }

    private static long used(List<Attempt> attempts) {
        return attempts.stream().map(attempt -> attempt.metered().usage()).filter(Objects::nonNull).mapToLong(Usage::total).sum();
    }
}
