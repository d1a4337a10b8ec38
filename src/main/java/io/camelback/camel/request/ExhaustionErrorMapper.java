package io.camelback.camel.request;

import io.camelback.attempt.AttemptResult;
import io.camelback.chat.GatewayError;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.FailureKind;
import io.camelback.failure.GatewayFault;
import io.camelback.failure.ProviderException;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.UnsupportedFeatureException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the caller is told when no link answered. */
public final class ExhaustionErrorMapper {
    /** What only the operator can mend, however long a caller waits. */
    private static final Set<FailureKind> OPERATORS =
            EnumSet.of(FailureKind.AUTH, FailureKind.QUOTA, FailureKind.MODEL_GONE);

    /** When a deployment that has as many calls as it may will have fewer. */
    private static final Duration ROOM_SOON = Duration.ofSeconds(1);

    private ExhaustionErrorMapper() {}

    /**
     * @param context null when the request was refused before it became one
     * @return null when the caller has left, so that there is nobody to tell
     */
    public static GatewayError of(Throwable thrown, RequestContext context, String requestId) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidRequestException invalid) {
                return invalid.error();
            }
            if (ofALink(cause)) {
                return context == null ? internal(thrown, requestId) : exhausted(context);
            }
        }
        return internal(thrown, requestId);
    }

    /**
     * Whether money alone keeps the chain from answering: then no text in a model's place is honest (docs/failures.md
     * D17).
     */
    public static boolean refusedForMoney(RequestContext context) {
        GatewayError error = exhausted(context);
        return error != null
                && (error.code().equals("budget_exceeded") || error.code().equals("ledger_unavailable"));
    }

    /** Whether no model can carry what the request asks for: then no text in a model's place is an answer to it. */
    public static boolean refusedAsUnsupported(RequestContext context) {
        GatewayError error = exhausted(context);
        return error != null && error.code().equals("unsupported");
    }

    /** Whether a chain has come to nothing, rather than the gateway to grief. */
    public static boolean exhausts(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (ofALink(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ofALink(Throwable cause) {
        return cause instanceof ProviderException
                || cause instanceof UnsupportedFeatureException
                || cause instanceof AttemptSkippedException
                || cause instanceof CallNotPermittedException;
    }

    private static GatewayError internal(Throwable thrown, String requestId) {
        FaultLog.tell(requestId, thrown);
        return GatewayFault.ERROR;
    }

    private static GatewayError exhausted(RequestContext context) {
        if (context.lifecycle().isCancelled()) {
            return null;
        }
        if (context.lifecycle().isShutDown()) {
            return ErrorEnvelope.shuttingDown();
        }
        Map<String, ProviderException> last = new LinkedHashMap<>();
        List<Duration> coolingDown = new ArrayList<>();
        List<Duration> overBudget = new ArrayList<>();
        boolean open = false;
        boolean noLedger = false;
        for (AttemptResult attempt : context.trail().attempts()) {
            boolean passes = attempt.until() != null
                    && (attempt.failure() == null
                            || !OPERATORS.contains(attempt.failure().kind()));
            if (attempt.isOverBudget()) {
                overBudget.add(attempt.until());
            } else if (passes) {
                coolingDown.add(attempt.until());
            } else if (attempt.failure() != null) {
                last.put(attempt.deployment(), attempt.failure());
            } else if (attempt.skipped() == AttemptSkippedException.Reason.BREAKER_OPEN) {
                open = true;
            } else if (attempt.skipped() == AttemptSkippedException.Reason.IN_FLIGHT_CAP) {
                open = true;
                coolingDown.add(ROOM_SOON);
            } else if (attempt.skipped() == AttemptSkippedException.Reason.NO_LEDGER) {
                noLedger = true;
            }
        }
        return ErrorEnvelope.exhausted(List.copyOf(last.values()), coolingDown, open, overBudget, noLedger);
    }
}
