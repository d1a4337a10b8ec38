package io.camelback.failure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text patterns for errors without a code. The last resort: a code, where there is one, always decides. The context
 * texts are docs/wire-formats.md 4.3's; repetitions are bounded, because the text is the provider's.
 */
final class ProviderErrorPatterns {
    private static final Pattern RATE =
            pattern("rate.?limit|too many requests|(?:tokens|requests) per (?:second|min|hour|day)"
                    + "|\\b[tr]p[md]\\b|per minute|throttl|quota|wait before trying");

    private static final Pattern CONTEXT = pattern("prompt is too long"
            + "|input length and .{0,3}max_tokens.{0,3} exceed context limit|context_length_exceeded"
            + "|exceeds? (?:the |this )?(?:model.{0,3} )?(?:maximum )?context (?:window|length)"
            + "|maximum context length (?:is|of) \\d|input token count.{0,40}exceeds the maximum number of tokens"
            + "|input is too long for requested model|maximum prompt length is \\d|reduce the length of the messages"
            + "|too large for model with \\d+ maximum context length|exceeds? the available context size"
            + "|exceed_context_size_error|greater than the context length|context window exceeds limit"
            + "|exceeded model token limit|prompt exceeds max length|token.{0,40}exceeds the limit of \\d|too many tokens"
            + "|token limit exceeded");

    /** What others have asked for before counts, too: the request would fit later. */
    private static final Pattern USED = pattern("used:? [1-9]\\d{0,15}");

    private static final Pattern MONEY = pattern("credit balance is too low|reached your specified api usage limits"
            + "|insufficient (?:balance|credit|funds)|exceeded your current quota, please check your plan and billing"
            + "|out of credits");

    private static final Pattern BILLING_OR_REGION = pattern("billing|not available in your|location is not supported");
    private static final Pattern NO_FREE_TIER = pattern("limit: 0(?![\\d.])");
    private static final Pattern BAD_KEY = pattern("(?:incorrect|invalid) (?:x-)?api.?key|api key not valid");
    private static final Pattern POLICY = pattern("blocked by content filtering policy|content management policy");
    private static final Pattern NO_MODEL =
            pattern("not a valid model|model .{0,100}(?:not found|does not exist|deprecated|retired)");
    private static final Pattern NO_FILE = pattern("\\bfile\\b|\\bfile_");
    private static final Pattern STALE_THINKING = pattern("invalid .?signature.? in .?(?:redacted_)?thinking"
            + "|thinking.{0,80}(?:must remain as they were|cannot be modified)|bound to a different conversation"
            + "|expected .?thinking.? or .?redacted_thinking.?, but found"
            + "|(?:missing a|corrupted|invalid) thought.?signature|thought.?signature is (?:missing|not valid|invalid)"
            + "|encrypted content.{0,200}could not be (?:verified|decrypted)"
            + "|reasoning.{0,40}without its required following item|without its required .?reasoning.? item");
    private static final Pattern TEMPLATE = pattern("jinja|chat template");

    private static final Pattern OVERLOAD = pattern("overload|at capacity|temporarily unavailable|service unavailable"
            + "|(?:server|engine|model) is (?:busy|currently busy|loading)");
    /** A status that begins a sentence: "429 Too Many Requests", "Error code: 503 - ...", "HTTP/1.1 502". */
    private static final Pattern STATUS = pattern(
            "^\\W{0,4}(?:(?:error|status|code|http|/1\\.[01]|response|api)[\\s:=-]{0,3}){0,4}" + "([45]\\d\\d)(?!\\w)");

    /**
     * A limit that this one request exceeds, whatever others ask.
     *
     * @see <a href="https://github.com/router-for-me/CLIProxyAPI/issues/2464">Anthropic's, for long contexts</a>
     */
    private static final Pattern THIS_REQUEST =
            pattern("(?:extra usage is|usage credits are) required for long context|request too large for"
                    + "|limit:? \\d[\\d,]{0,15}, requested:? \\d|your request exceeds the maximum size"
                    + "|request (?:is )?too large.{0,80}reduce");

    private ProviderErrorPatterns() {}

    private static Pattern pattern(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    /** A conversation that does not fit, unless it speaks of rates: "too many tokens per minute" is no overflow. */
    static boolean context(ProviderError error) {
        return says(CONTEXT, error) && !says(RATE, error);
    }

    static boolean rate(ProviderError error) {
        return says(RATE, error);
    }

    /** Whether it is about this request's size only: "Limit 30000, Requested 45000". */
    static boolean thisRequest(ProviderError error) {
        return says(THIS_REQUEST, error) && !says(USED, error);
    }

    static boolean money(ProviderError error) {
        return says(MONEY, error) || "FAILED_PRECONDITION".equals(error.status()) && says(BILLING_OR_REGION, error);
    }

    /** Google's limit of nothing at all, which waiting does not mend. */
    static boolean noFreeTier(ProviderError error) {
        return "RESOURCE_EXHAUSTED".equals(error.status()) && says(NO_FREE_TIER, error);
    }

    static boolean badKey(ProviderError error) {
        return says(BAD_KEY, error);
    }

    static boolean policy(ProviderError error) {
        return says(POLICY, error);
    }

    static boolean noModel(ProviderError error) {
        return says(NO_MODEL, error);
    }

    /** A 404 for a file the request names, not for the model. */
    static boolean noFile(ProviderError error) {
        return says(NO_FILE, error) && !says(NO_MODEL, error);
    }

    /** Thinking in the history that this account, model or conversation did not sign (docs/wire-formats.md 4.2). */
    static boolean staleThinking(ProviderError error) {
        return says(STALE_THINKING, error);
    }

    /** A local server's chat template that cannot lay out this conversation. */
    static boolean template(ProviderError error) {
        return says(TEMPLATE, error);
    }

    /** The HTTP status that an error begins with in words. */
    static Optional<Integer> status(ProviderError error) {
        Matcher status = STATUS.matcher(error.text());
        return error.code() == null && status.find() ? Optional.of(Integer.valueOf(status.group(1))) : Optional.empty();
    }

    /** What an error is that has neither a code nor a status, and came with the status 200. */
    static FailureKind kind(ProviderError error) {
        if (money(error)) {
            return FailureKind.QUOTA;
        } else if (badKey(error)) {
            return FailureKind.AUTH;
        } else if (context(error)) {
            return FailureKind.CONTEXT;
        } else if (rate(error)) {
            return FailureKind.RATE_LIMIT;
        } else if (noModel(error)) {
            return FailureKind.MODEL_GONE;
        }
        return says(OVERLOAD, error)
                ? FailureKind.OVERLOAD
                : template(error) ? FailureKind.UNSUPPORTED : FailureKind.SERVER;
    }

    private static boolean says(Pattern pattern, ProviderError error) {
        return pattern.matcher(error.text()).find();
    }
}
