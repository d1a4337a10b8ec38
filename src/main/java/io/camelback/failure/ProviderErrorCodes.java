package io.camelback.failure;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the providers' own codes mean (docs/wire-formats.md 4.2). Some decide by themselves what kind of failure it is;
 * others only stand for an HTTP status, which matters where there was none.
 */
final class ProviderErrorCodes {
    private static final Map<String, FailureKind> KINDS = new HashMap<>();
    private static final Map<String, Integer> STATUSES = new HashMap<>();
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    /** Codes that say no more than the status does. */
    private static final List<String> VAGUE = List.of(
            "invalid_request_error",
            "invalid_request",
            "invalid_argument",
            "failed_precondition",
            "badrequesterror",
            "bad_request",
            "bad_request_error",
            "validationexception",
            "unknown_error",
            "error",
            "api_error",
            "server_error",
            "internal_error",
            "internal_server_error");

    static {
        // Money. The bare numbers here and below are z.ai's (11xx to 13xx) and MiniMax's (10xx, 2013).
        kind(
                FailureKind.QUOTA,
                "insufficient_quota",
                "credit_balance_exhausted",
                "organization_spend_limit_exceeded",
                "project_spend_limit_exceeded",
                "organization_usage_limit_exceeded",
                "billing_hard_limit_reached",
                "billing_not_active",
                "enforced_spend_limit_reached",
                "contract_spend_limit_reached",
                "billing_error",
                "billing_disabled",
                "payment_required",
                "insufficient_balance",
                "1113",
                "1008");
        kind(
                FailureKind.AUTH,
                "invalid_api_key",
                "authentication_error",
                "api_key_invalid",
                "api_key_expired",
                "api_key_service_blocked",
                "unauthenticated",
                "organization_on_hold",
                "account_deactivated",
                "unsupported_country_region_territory",
                "accessdeniedexception",
                "unrecognizedclientexception",
                "expiredtokenexception",
                "1004");
        kind(FailureKind.MODEL_GONE, "model_not_found", "model_deprecated", "deploymentnotfound", "unknown_model");
        kind(
                FailureKind.CONTEXT,
                "context_length_exceeded",
                "exceed_context_size_error",
                "model_max_prompt_tokens_exceeded",
                "request_too_large",
                "request_body_too_large_after_decoding",
                "1261");
        kind(
                FailureKind.POLICY,
                "content_policy_violation",
                "content_filter",
                "responsibleaipolicyviolation",
                "invalid_prompt",
                "bio_policy",
                "misalignment_policy_violation",
                ErrorDetails.FLAGGED,
                "1301",
                "1026",
                "1027");
        kind(
                FailureKind.RATE_LIMIT,
                "rate_limit_exceeded",
                "rate_limit_error",
                "rate_limited",
                "slow_down",
                "ramp_limit_exceeded",
                "in_flight_budget",
                "resource_exhausted",
                "too_many_requests",
                "throttlingexception",
                "modelnotreadyexception",
                "1302",
                "1303",
                "1305",
                "1002",
                "1039");
        kind(FailureKind.STALE_THINKING, "invalid_encrypted_content");
        // The model wrote a broken tool call or broken JSON: another one may do better, and the caller is not at fault.
        kind(FailureKind.UNSUPPORTED, "tool_use_failed", "json_validate_failed");

        status(
                400,
                "invalid_request_error",
                "invalid_request",
                "invalid_argument",
                "failed_precondition",
                "badrequesterror",
                "validationexception",
                "unsupported_parameter",
                "unsupported_value",
                "2013");
        status(402, "payment_required", "billing_error");
        status(403, "permission_error", "permission_denied");
        status(404, "not_found_error", "not_found", "notfounderror");
        status(409, "conflict_error", "aborted");
        status(
                503,
                "service_unavailable_error",
                "service_unavailable",
                "unavailable",
                "unavailable_error",
                "serviceunavailableexception",
                "server_is_overloaded",
                "engine_overloaded");
        status(504, "timeout_error", "timeout", "deadline_exceeded");
        status(529, "overloaded_error", "overloaded", "compaction_unavailable");
    }

    private ProviderErrorCodes() {}

    private static void kind(FailureKind kind, String... words) {
        for (String word : words) {
            KINDS.put(word, kind);
        }
    }

    private static void status(int status, String... words) {
        for (String word : words) {
            STATUSES.put(word, status);
        }
    }

    /** The word that decides by itself: one about money before all others, then the first. */
    static Optional<String> deciding(ProviderError error) {
        Optional<String> money =
                words(error).filter(word -> kind(word) == FailureKind.QUOTA).findFirst();
        return money.isPresent()
                ? money
                : words(error).filter(word -> kind(word) != null).findFirst();
    }

    /** What a word decides; null when it leaves it to the status. */
    static FailureKind kind(String word) {
        return word.contains("PerDay") ? FailureKind.QUOTA : KINDS.get(word.toLowerCase(Locale.ROOT));
    }

    /** The HTTP status an error without one stands for; empty when its words are unknown. */
    static Optional<Integer> knownStatus(ProviderError error) {
        return numericStatus(error)
                .or(() -> words(error)
                        .map(word -> STATUSES.get(word.toLowerCase(Locale.ROOT)))
                        .filter(Objects::nonNull)
                        .findFirst());
    }

    /** The code where it is an HTTP error status, as with OpenRouter, Google and vLLM. */
    static Optional<Integer> numericStatus(ProviderError error) {
        return Optional.ofNullable(error.code())
                .filter(code -> NUMBER.matcher(code).matches())
                .map(Integer::valueOf)
                .filter(code -> code >= 400 && code <= 599);
    }

    /** Whether there is a code that means something by itself, so that the text has no say. */
    static boolean hasCode(ProviderError error) {
        return error.code() != null && isWord(error.code()) && !vague(error.code());
    }

    /** Whether a code says no more than the status does. */
    static boolean vague(String code) {
        return VAGUE.contains(code.toLowerCase(Locale.ROOT));
    }

    /**
     * Without white space, and more than a number. As a regular expression it would take the square of a long word's
     * time.
     */
    private static boolean isWord(String code) {
        return code.chars().noneMatch(Character::isWhitespace)
                && code.chars().anyMatch(letter -> letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z');
    }

    /** The word to show: the one that decided, else the first that is not just a number, else the number. */
    static String shown(ProviderError error, Optional<String> deciding) {
        return deciding.or(() -> words(error).filter(ProviderErrorCodes::isWord).findFirst())
                .or(() -> words(error)
                        .filter(word -> NUMBER.matcher(word).matches())
                        .findFirst())
                .orElse(null);
    }

    private static Stream<String> words(ProviderError error) {
        return Stream.concat(
                Stream.concat(Stream.ofNullable(error.code()), error.reasons().stream()),
                Stream.concat(Stream.ofNullable(error.type()), Stream.ofNullable(error.status())));
    }
}
