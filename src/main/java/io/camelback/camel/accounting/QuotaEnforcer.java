package io.camelback.camel.accounting;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.attempt.ReservationHandle;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Usage;
import io.camelback.clientkey.ClientKey;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.QuotaSettings;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.quota.QuotaExceededException;
import io.camelback.quota.QuotaService;
import io.camelback.routing.SkipReason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the quotas, as one version of the configuration has them: of the caller's key when the request comes in, of a
 * deployment before it is called.
 */
public final class QuotaEnforcer {
    /** How soon a place may be free again among requests that run at once. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration LEDGER_BACK = Duration.ofSeconds(15);

    private final QuotaService quotas;
    private final CamelbackConfig config;

    public QuotaEnforcer(QuotaService quotas, CamelbackConfig config) {
        this.quotas = quotas;
        this.config = config;
    }

    /** @throws InvalidRequestException 429 when the key's quotas have no room; nobody else is the slower for it */
    public void enter(RequestContext context, ClientKey key) {
        QuotaSettings limits = key.settings().limits();
        if (!limits.counts() && limits.concurrent() == 0) {
            return;
        }
        try {
            QuotaService.Admission admission = quotas.admit(
                    QuotaService.KEY + key.id(), limits, config.spending().zone(), tokens(context, limits));
            context.rateLimitHeaders(admission.standing().headers());
            context.lifecycle()
                    .onDone(() -> admission.settle(1, used(context.trail().attempts())));
        } catch (QuotaExceededException e) {
            context.lifecycle().end();
            context.rateLimitHeaders(e.rateLimitHeaders().headers());
            Duration wait = e.left() == null ? SOON : e.left();
            throw new InvalidRequestException(new GatewayError(
                    429, "rate_limit_exceeded", "This key allows " + e.getMessage() + ".", null, wait));
        } catch (LedgerUnavailableException e) {
            context.lifecycle().end();
            throw new InvalidRequestException(new GatewayError(
                    503,
                    "ledger_unavailable",
                    "The quota of this key cannot be checked now: the ledger database does not answer. Try again in 15"
                            + " seconds.",
                    null,
                    LEDGER_BACK));
        }
    }

    /** @throws AttemptSkippedException when the deployment's quotas have no room, or cannot be asked */
    public ReservationHandle admit(RequestContext context, Deployment deployment) {
        QuotaSettings limits = config.limits().get(deployment.name());
        if (limits == null) {
            return ReservationHandle.NONE;
        }
        try {
            QuotaService.Admission admission = quotas.admit(
                    QuotaService.DEPLOYMENT + deployment.name(),
                    limits,
                    config.spending().zone(),
                    tokens(context, limits));
            return turns -> admission.settle(turns.size(), used(turns));
        } catch (QuotaExceededException e) {
            context.trail().add(AttemptResult.overQuota(deployment.name(), e.getMessage(), e.left()));
            throw new AttemptSkippedException(deployment.name(), AttemptSkippedException.Reason.QUOTA);
        } catch (LedgerUnavailableException e) {
            context.trail()
                    .add(AttemptResult.skipped(
                            deployment.name(), AttemptSkippedException.Reason.NO_LEDGER, AttemptResult.NO_LEDGER));
            throw new AttemptSkippedException(deployment.name(), AttemptSkippedException.Reason.NO_LEDGER);
        }
    }

    /** Whether {@link #admit} would refuse, as far as this gateway knows. */
    Optional<SkipReason> preview(RequestContext context, Deployment deployment) {
        QuotaSettings limits = config.limits().get(deployment.name());
        return limits == null
                ? Optional.empty()
                : quotas.preview(
                                QuotaService.DEPLOYMENT + deployment.name(),
                                limits,
                                config.spending().zone(),
                                tokens(context, limits))
                        .map(full -> SkipReason.overQuota(full.getMessage(), full.left()));
    }

    /**
     * Of question and answer, as far as they are known; counted only where tokens are limited. An answer without a
     * bound counts when it is there. Its deployment's longest one is often more than a quota allows in all, and would
     * refuse who fits.
     */
    private static long tokens(RequestContext context, QuotaSettings limits) {
        if (limits.tokens().isEmpty()) {
            return 0;
        }
        ChatRequest request = context.effectiveRequest();
        return context.analysis().inputTokens()
                + (request == null || request.maxOutputTokens() == null ? 0 : request.maxOutputTokens());
    }

    private static long used(List<AttemptResult> attempts) {
        return attempts.stream()
                .map(attempt -> attempt.metering().usage())
                .filter(Objects::nonNull)
                .mapToLong(Usage::total)
                .sum();
    }
}
