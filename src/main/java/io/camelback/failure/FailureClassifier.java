package io.camelback.failure;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Classifies the failure of an attempt, in this one place (docs/wire-formats.md 4.2 and 4.3): by the status and the
 * error's code, and by its text only where it has no code. Pure.
 */
public final class FailureClassifier {
    /** The kinds for which waiting helps, so that the provider's advice on it is kept. */
    private static final Set<FailureKind> WAITING_HELPS =
            EnumSet.of(FailureKind.RATE_LIMIT, FailureKind.OVERLOAD, FailureKind.SERVER);

    /** Refusals of a request, of which nobody can mend one without the provider's own words. */
    private static final Set<FailureKind> REFUSALS = EnumSet.of(FailureKind.CALLER, FailureKind.UNSUPPORTED);

    private static final int CODE_CHARS = 64;
    private static final int PARAM_CHARS = 100;
    private static final Pattern SPACE = Pattern.compile("\\s");
    private static final Pattern NOT_CODE = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final Pattern NOT_PARAM = Pattern.compile("[^A-Za-z0-9_.\\[\\]-]");

    private FailureClassifier() {}

    /**
     * A response that is no answer.
     *
     * @param status the HTTP status; any but 200
     * @param headers the response's headers by lower-case name; null for one that is absent
     * @param error the body as {@link ProviderErrorReader} read it
     * @param translated whether the request was written from another format, fitted, or sent to another maker than that
     *     format's: then a refused field may be our doing, or this server's limit, and the next link may take the
     *     request
     */
    public static ProviderException classify(
            int status, Function<String, String> headers, ProviderError error, boolean translated, Instant now) {
        if (status < 400 || status > 599) {
            String what = status >= 300 && status < 400 ? "a redirect" : "not an answer";
            return new ProviderException(FailureKind.PROTOCOL, status, null, status + " " + what, null);
        }
        ProviderError known = withAmazonType(error, headers);
        Optional<String> deciding = ProviderErrorCodes.deciding(known);
        FailureKind kind = kind(status, headers, known, deciding, translated, now);
        return failure(kind, status, known, deciding, headers, now);
    }

    /**
     * An error inside a body or a stream that came with status 200 (docs/failures.md P03, P05, T04). The failure's
     * status is the one its code names, or 0.
     */
    public static ProviderException inBand(ProviderError error, boolean translated, Instant now) {
        Function<String, String> noHeaders = name -> null;
        Optional<String> deciding = ProviderErrorCodes.deciding(error);
        FailureKind kind = deciding.map(ProviderErrorCodes::kind)
                .orElseGet(() -> ProviderErrorCodes.knownStatus(error)
                        .or(() -> ProviderErrorPatterns.status(error))
                        .map(status -> kind(status, noHeaders, error, deciding, translated, now))
                        .orElseGet(() -> byText(error) ? ProviderErrorPatterns.kind(error) : FailureKind.SERVER));
        return failure(kind, ProviderErrorCodes.numericStatus(error).orElse(0), error, deciding, noHeaders, now);
    }

    /** An attempt that ended in an exception; empty for one that has nothing to do with the provider. */
    public static Optional<ProviderException> ofException(Throwable thrown) {
        return ExceptionReader.read(thrown);
    }

    private static FailureKind kind(
            int status,
            Function<String, String> headers,
            ProviderError error,
            Optional<String> deciding,
            boolean translated,
            Instant now) {
        if (status >= 500) {
            return serverSide(status, error, deciding);
        }
        if (status == 402) {
            // With a wait it is OpenRouter's in-flight budget, which means a cooldown as for a rate limit; without, the
            // money is gone
            // (S07).
            return RetryAfter.inHeader(headers, now) ? FailureKind.RATE_LIMIT : FailureKind.QUOTA;
        }
        if ((status == 429 || status == 413) && ProviderErrorPatterns.thisRequest(error)) {
            return FailureKind.CONTEXT;
        }
        if (deciding.isPresent()) {
            FailureKind kind = ProviderErrorCodes.kind(deciding.get());
            return kind == FailureKind.RATE_LIMIT && ProviderErrorPatterns.noFreeTier(error) ? FailureKind.QUOTA : kind;
        }
        return switch (status) {
            case 401 -> FailureKind.AUTH;
            case 403 -> frontDoor(headers, error) ? FailureKind.SERVER : FailureKind.AUTH;
            case 404 -> notFound(error, translated);
            case 405, 410 -> FailureKind.MODEL_GONE;
            case 406, 415 -> FailureKind.UNSUPPORTED;
            case 408 -> FailureKind.TIMEOUT;
            case 413 ->
                ProviderErrorPatterns.rate(error) && !ProviderErrorPatterns.thisRequest(error)
                        ? FailureKind.RATE_LIMIT
                        : FailureKind.CONTEXT;
            case 429 ->
                byText(error) && ProviderErrorPatterns.money(error) ? FailureKind.QUOTA : FailureKind.RATE_LIMIT;
            case 400, 422 -> refused(error, translated);
            default -> FailureKind.SERVER;
        };
    }

    private static FailureKind serverSide(int status, ProviderError error, Optional<String> deciding) {
        if (status == 500
                && deciding.map(ProviderErrorCodes::kind)
                        .filter(FailureKind.CONTEXT::equals)
                        .isPresent()) {
            return FailureKind.CONTEXT;
        }
        if (status == 500 && byText(error) && ProviderErrorPatterns.context(error)) {
            return FailureKind.CONTEXT;
        }
        if (status == 500 && byText(error) && ProviderErrorPatterns.template(error)) {
            return FailureKind.UNSUPPORTED;
        }
        return switch (status) {
            case 501, 505 -> FailureKind.MODEL_GONE;
            case 503, 529 -> FailureKind.OVERLOAD;
            default -> FailureKind.SERVER;
        };
    }

    /** A content network's page, not the provider's word on our key. */
    private static boolean frontDoor(Function<String, String> headers, ProviderError error) {
        String type = headers.apply("content-type");
        return error.isEmpty() && type != null && type.toLowerCase(Locale.ROOT).startsWith("text/html");
    }

    /** The model, unless the error names something else that the request refers to. */
    private static FailureKind notFound(ProviderError error, boolean translated) {
        boolean elsewhere =
                error.param() != null && !error.param().equals("model") || ProviderErrorPatterns.noFile(error);
        return elsewhere ? callers(translated) : FailureKind.MODEL_GONE;
    }

    /** A 400 or 422 whose code did not decide. */
    private static FailureKind refused(ProviderError error, boolean translated) {
        if (byText(error)) {
            if (ProviderErrorPatterns.money(error)) {
                return FailureKind.QUOTA;
            }
            if (ProviderErrorPatterns.badKey(error)) {
                return FailureKind.AUTH;
            }
            if (ProviderErrorPatterns.staleThinking(error)) {
                return FailureKind.STALE_THINKING;
            }
            if (ProviderErrorPatterns.context(error)) {
                return FailureKind.CONTEXT;
            }
            if (ProviderErrorPatterns.policy(error)) {
                return FailureKind.POLICY;
            }
            if (ProviderErrorPatterns.noModel(error)) {
                return FailureKind.MODEL_GONE;
            }
        }
        // The model's name is ours, so a complaint about it is never the caller's fault.
        return "model".equals(error.param()) ? FailureKind.UNSUPPORTED : callers(translated);
    }

    private static FailureKind callers(boolean translated) {
        return translated ? FailureKind.UNSUPPORTED : FailureKind.CALLER;
    }

    private static boolean byText(ProviderError error) {
        return !ProviderErrorCodes.hasCode(error);
    }

    private static ProviderError withAmazonType(ProviderError error, Function<String, String> headers) {
        String type = ProviderErrorReader.amazonType(headers.apply("x-amzn-errortype"));
        return type == null || error.type() != null
                ? error
                : new ProviderError(
                        type,
                        error.code(),
                        error.param(),
                        error.message(),
                        error.status(),
                        error.retryDelay(),
                        error.reasons());
    }

    private static ProviderException failure(
            FailureKind kind,
            int status,
            ProviderError error,
            Optional<String> deciding,
            Function<String, String> headers,
            Instant now) {
        String code = reduced(ProviderErrorCodes.shown(error, deciding), NOT_CODE, CODE_CHARS);
        String where = status == 0 ? "in-band" : String.valueOf(status);
        String detail = code == null || code.equals(where) ? where : where + " " + code;
        if (REFUSALS.contains(kind) && error.message() != null) {
            detail += ": " + MessageRedactor.redact(error.message());
        }
        boolean waiting = WAITING_HELPS.contains(kind);
        return new ProviderException(
                        kind,
                        status,
                        code,
                        reduced(error.param(), NOT_PARAM, PARAM_CHARS),
                        detail,
                        waiting ? RetryAfter.read(headers, error, now).orElse(null) : null,
                        waiting ? advice(headers) : null)
                .withMessage(error.message())
                .withCooldown(cooldown(kind, code, headers));
    }

    /** A tier without room turns away who asked for it, and nobody else; a subscription's limit is its account's. */
    private static FailureKind.CooldownScope cooldown(FailureKind kind, String code, Function<String, String> headers) {
        if (kind != FailureKind.RATE_LIMIT) {
            return kind.cooldownScope();
        }
        if ("resource_unavailable".equals(code)) {
            return FailureKind.CooldownScope.NOTHING;
        }
        return RateLimitReset.isAccounts(headers) ? FailureKind.CooldownScope.KEY : kind.cooldownScope();
    }

    /** A word as it may be shown; null for what is no word but a sentence, which could hold anything. */
    private static String reduced(String word, Pattern forbidden, int longest) {
        if (word == null || SPACE.matcher(word.strip()).find()) {
            return null;
        }
        String kept = forbidden.matcher(word).replaceAll("");
        return kept.isEmpty() ? null : kept.substring(0, Math.min(kept.length(), longest));
    }

    private static Boolean advice(Function<String, String> headers) {
        String value = headers.apply("x-should-retry");
        if (value == null) {
            return null;
        }
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }
}
