package io.camelback.failure;

import io.camelback.chat.GatewayError;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds the error that a client gets when no link answered (docs/wire-formats.md 4.5). Every word here is ours: of a
 * provider only the name of the field and its error code come through. Pure; endpoints write it in their API format.
 */
public final class ErrorEnvelope {
    /** Assumed where a provider did not say how long to wait. */
    private static final Duration USUAL_WAIT = Duration.ofSeconds(15);

    /** Bodies come and go quickly. */
    private static final Duration FULL_WAIT = Duration.ofSeconds(2);
    /** What is larger than a limit of ours. */
    private static final Set<String> TOO_LARGE = Set.of("answer_too_large", "event_too_large", "headers_too_large");
    /** Another replica, or this one after its restart, may answer by then. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Statuses that tell a caller more than 400 does. */
    private static final Set<Integer> TELLING = Set.of(404, 413, 422);

    /** What this request can never have at such a link: it does not hide what the other links say. */
    private static final Set<FailureKind> MISFITS = EnumSet.of(FailureKind.CONTEXT, FailureKind.UNSUPPORTED);

    /** What only the operator can mend. */
    private static final Set<FailureKind> OPERATORS =
            EnumSet.of(FailureKind.AUTH, FailureKind.QUOTA, FailureKind.MODEL_GONE);

    private ErrorEnvelope() {}

    /**
     * For a request that the gateway does not take, or does not finish, because it is being stopped. Another replica
     * may.
     */
    public static GatewayError shuttingDown() {
        return new GatewayError(503, "shutting_down", "The gateway is stopping." + tryAgain(SOON), null, SOON);
    }

    /** For a failure that ends the chain because the request itself is at fault. */
    public static GatewayError declined(ProviderException failure) {
        boolean policy = failure.kind() == FailureKind.POLICY;
        int status = TELLING.contains(failure.status()) ? failure.status() : 400;
        String code = telling(failure.code());
        String what = Stream.of(failure.param() == null ? null : "`" + failure.param() + "`", code)
                .filter(word -> word != null)
                .reduce((a, b) -> a + ", " + b)
                .map(words -> ": " + words + ".")
                .orElse(".");
        String message = "The model's provider refused the request" + (policy ? " under its content policy" : "") + what
                + said(failure);
        return new GatewayError(
                status,
                code != null ? code : policy ? "content_policy" : "invalid_request",
                message,
                failure.param(),
                null);
    }

    /**
     * For a chain of which nothing is left to try.
     *
     * @param failures what the links that were asked came to, in order
     * @param cooldowns how much longer each link that was skipped for a rate limit stays so
     * @param anyOpen whether a link was skipped because its breaker is open
     */
    public static GatewayError exhausted(List<ProviderException> failures, List<Duration> cooldowns, boolean anyOpen) {
        if (failures.isEmpty() && cooldowns.isEmpty() && !anyOpen) {
            return GatewayError.of(
                    503,
                    "no_usable_deployment",
                    "No deployment of this chain can be used: configure the API key "
                            + "of at least one of its providers, or start the local model.");
        }
        boolean skipped = !cooldowns.isEmpty() || anyOpen;
        Optional<ProviderException> ending =
                failures.stream().filter(failure -> failure.kind().terminal()).findFirst();
        if (ending.isPresent()) {
            return ended(ending.get());
        }
        if (!skipped && all(failures, MISFITS)) {
            return misfit(failures);
        }
        List<ProviderException> fits = without(failures, MISFITS);
        if (!skipped && all(fits, EnumSet.of(FailureKind.INTERNAL))) {
            return GatewayFault.ERROR;
        }
        List<ProviderException> passing = without(fits, OPERATORS);
        if (passing.isEmpty() && !skipped) {
            return without(fits, EnumSet.of(FailureKind.MODEL_GONE)).isEmpty() ? upstream() : operators();
        }
        return passing(passing, cooldowns, anyOpen);
    }

    /**
     * For a chain of which nothing is left to try, and some of whose links a budget did not allow. Those decide unless
     * another link failed in a way that waiting may mend.
     *
     * @param overBudget when the budgets that had no room may have some again
     * @param noLedger whether a link was skipped because nobody could say what is spent
     */
    public static GatewayError exhausted(
            List<ProviderException> failures,
            List<Duration> cooldowns,
            boolean anyOpen,
            List<Duration> overBudget,
            boolean noLedger) {
        boolean money = noLedger || !overBudget.isEmpty();
        if (!money
                || !cooldowns.isEmpty()
                || anyOpen
                || !without(without(failures, MISFITS), OPERATORS).isEmpty()) {
            return exhausted(failures, cooldowns, anyOpen);
        }
        if (noLedger) {
            return new GatewayError(
                    503,
                    "ledger_unavailable",
                    "The budget cannot be checked: the ledger's database is unavailable." + tryAgain(USUAL_WAIT),
                    null,
                    USUAL_WAIT);
        }
        Duration wait = overBudget.stream().min(Comparator.naturalOrder()).orElse(USUAL_WAIT);
        return new GatewayError(
                429, "budget_exceeded", "The budget for this has no room left." + tryAgain(wait), null, wait);
    }

    /** Links that failed for a while only, or were skipped: what waiting may mend. */
    private static GatewayError passing(List<ProviderException> failures, List<Duration> cooldowns, boolean anyOpen) {
        if (failures.stream().anyMatch(failure -> failure.kind() == FailureKind.CAPACITY)) {
            return noMemory();
        }
        if (anyOpen || failures.stream().anyMatch(failure -> failure.kind() == FailureKind.OVERLOAD)) {
            Duration wait = shortest(failures, cooldowns);
            return new GatewayError(
                    503,
                    "upstream_unavailable",
                    "The models of this chain are overloaded or out of service for now." + tryAgain(wait),
                    null,
                    wait);
        }
        if (all(failures, EnumSet.of(FailureKind.RATE_LIMIT))) {
            Duration wait = shortest(failures, cooldowns);
            return new GatewayError(
                    429,
                    "rate_limited",
                    "Every model of this chain has reached its rate limit." + tryAgain(wait),
                    null,
                    wait);
        }
        boolean timeOver = failures.stream().anyMatch(failure -> failure.kind() == FailureKind.SLOW);
        if ((cooldowns.isEmpty() || timeOver) && all(failures, EnumSet.of(FailureKind.TIMEOUT, FailureKind.SLOW))) {
            return GatewayError.of(504, "upstream_timeout", "No model of this chain answered in time.");
        }
        if (cooldowns.isEmpty() && failures.stream().allMatch(failure -> "empty_completion".equals(failure.code()))) {
            return GatewayError.of(502, "empty_completion", "Every model of this chain gave an empty answer.");
        }
        if (cooldowns.isEmpty() && failures.stream().allMatch(ErrorEnvelope::isTooLarge)) {
            return GatewayError.of(
                    502,
                    "answer_too_large",
                    "Every model of this chain sent more than the gateway takes."
                            + " The limits are under limits in config/camelback.yaml.");
        }
        if (cooldowns.isEmpty() && failures.stream().allMatch(failure -> failure.status() == 508)) {
            return GatewayError.of(
                    508, "loop_detected", "The base-url of this chain's provider leads back to the gateway.");
        }
        return upstream();
    }

    /** For a request, or an answer, for which there is no memory now. */
    public static GatewayError noMemory() {
        return new GatewayError(
                503,
                "memory_exhausted",
                "The gateway has no memory left for this now; small requests still pass."
                        + " The limit is limits.memory in config/camelback.yaml." + tryAgain(FULL_WAIT),
                null,
                FULL_WAIT);
    }

    private static boolean isTooLarge(ProviderException failure) {
        return failure.code() != null && TOO_LARGE.contains(failure.code());
    }

    private static GatewayError ended(ProviderException failure) {
        return switch (failure.kind()) {
            case CLIENT_DEADLINE ->
                GatewayError.of(504, "client_deadline", "The time the request allowed for ran out.");
            case SHUTTING_DOWN -> shuttingDown();
            case CANCELLED -> GatewayError.of(499, "cancelled", "The request was cancelled.");
            default -> declined(failure);
        };
    }

    private static GatewayError misfit(List<ProviderException> failures) {
        if (all(failures, EnumSet.of(FailureKind.UNSUPPORTED))) {
            ProviderException first = failures.get(0);
            String message = "No model of this chain can take this request: " + objection(first) + "." + said(first);
            return new GatewayError(400, "unsupported", message, first.param(), null);
        }
        List<ProviderException> overflows = without(failures, EnumSet.of(FailureKind.UNSUPPORTED));
        if (overflows.stream().allMatch(ErrorEnvelope::tooManyBytes)) {
            return GatewayError.of(
                    413, "request_too_large", "The request has more bytes than any model of this chain takes.");
        }
        return GatewayError.of(
                400,
                "context_length_exceeded",
                "The conversation is longer than the context window of every model of this chain.");
    }

    /** A refusal in the provider's own words, without its secrets: nobody can mend a request without them. */
    private static String said(ProviderException failure) {
        boolean refused = failure.status() == 400 || failure.status() == 422;
        return refused && failure.providerMessage() != null ? " It said: " + failure.providerMessage() : "";
    }

    private static boolean tooManyBytes(ProviderException failure) {
        return failure.status() == 413 && !"context_length_exceeded".equals(failure.code());
    }

    /** What a translator of ours could not carry, in its words, or what a provider objected to. */
    private static String objection(ProviderException failure) {
        if (failure.param() != null) {
            return "`" + failure.param() + "`";
        }
        return failure.status() == 0 ? failure.getMessage() : "its providers refused it";
    }

    private static GatewayError operators() {
        return GatewayError.of(
                502,
                "upstream_auth",
                "The gateway's own access to the models of this chain is refused or used up."
                        + " Its operator has to look at its keys and balances; yours are fine.");
    }

    private static GatewayError upstream() {
        return GatewayError.of(502, "upstream_error", "Every model of this chain failed.");
    }

    private static Duration shortest(List<ProviderException> failures, List<Duration> cooldowns) {
        Stream<Duration> asked =
                failures.stream().map(ProviderException::retryAfter).filter(wait -> wait != null);
        return Stream.concat(asked, cooldowns.stream())
                .min(Comparator.naturalOrder())
                .orElse(USUAL_WAIT);
    }

    /** The same error with another wait, which its message names instead of the one it named. */
    public static GatewayError tryAgainIn(GatewayError error, Duration wait) {
        String named = error.retryAfter() == null ? "" : tryAgain(error.retryAfter());
        String message = error.message();
        String rest = message.endsWith(named) ? message.substring(0, message.length() - named.length()) : message;
        return new GatewayError(error.status(), error.code(), rest + tryAgain(wait), error.param(), wait);
    }

    private static String tryAgain(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return " Try again in " + seconds + (seconds == 1 ? " second." : " seconds.");
    }

    private static String telling(String code) {
        return code == null || ProviderErrorCodes.vague(code) || code.chars().allMatch(Character::isDigit)
                ? null
                : code;
    }

    private static boolean all(List<ProviderException> failures, Set<FailureKind> kinds) {
        return failures.stream().allMatch(failure -> kinds.contains(failure.kind()));
    }

    private static List<ProviderException> without(List<ProviderException> failures, Set<FailureKind> kinds) {
        return failures.stream()
                .filter(failure -> !kinds.contains(failure.kind()))
                .toList();
    }
}
