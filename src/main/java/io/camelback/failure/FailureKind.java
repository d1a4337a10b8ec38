package io.camelback.failure;

/** The kind of an attempt's failure. The kind alone decides what follows. */
public enum FailureKind {
    /** Refused, reset, unresolved or cut connections. */
    TRANSPORT(true, CooldownScope.NOTHING),
    /** One of the deployment's timers ran out. Never tried again on the same deployment. */
    TIMEOUT(true, CooldownScope.NOTHING),
    /**
     * The time was over although none of the deployment's own timers for silence had run out: the request's deadline,
     * what it left to this link, or, with content coming all the while, the total. Slow is not broken, so it is not
     * counted.
     */
    SLOW(false, CooldownScope.NOTHING),
    /** A 5xx of the provider's own. */
    SERVER(true, CooldownScope.NOTHING),
    /** The provider is overloaded (529, 503). */
    OVERLOAD(true, CooldownScope.NOTHING),
    /** Too many requests; the deployment is in cooldown as long as the provider says. */
    RATE_LIMIT(false, CooldownScope.DEPLOYMENT),
    /** Bytes that are no answer, an empty answer, an error with status 200. */
    PROTOCOL(true, CooldownScope.NOTHING),
    /** Out of money or of a long quota: the cooldown is that of the provider's key. */
    QUOTA(false, CooldownScope.KEY),
    /** The provider refuses our key, which is put in cooldown. */
    AUTH(false, CooldownScope.KEY),
    /** The provider does not know or no longer serves the model. */
    MODEL_GONE(false, CooldownScope.DEPLOYMENT),
    /** The conversation does not fit this model. */
    CONTEXT(false, CooldownScope.NOTHING),
    /** This target cannot carry the request, or refused what only our translation put into it. */
    UNSUPPORTED(false, CooldownScope.NOTHING),
    /** The gateway itself has no room for the answer, which is no fault of the provider's. */
    CAPACITY(false, CooldownScope.NOTHING),
    /** The answer is below the chain's quality floor. */
    QUALITY(false, CooldownScope.NOTHING),
    /** The request itself is at fault. Ends the chain: it is an answer. */
    CALLER(false, CooldownScope.NOTHING),
    /** The provider's content policy. Ends the chain: it is an answer. */
    POLICY(false, CooldownScope.NOTHING),
    /**
     * The history holds thinking that was signed or encrypted for another account, model or conversation. The same
     * deployment is asked once more without it; where there is none to leave out, the request itself is at fault.
     */
    STALE_THINKING(false, CooldownScope.NOTHING),
    /**
     * A fault of the gateway's own, such as exhausted memory: it says nothing of the deployment, and the next link may
     * be well.
     */
    INTERNAL(false, CooldownScope.NOTHING),
    /** The caller has left. Ends the chain. */
    CANCELLED(false, CooldownScope.NOTHING),
    /** The caller's own time ran out. Ends the chain. */
    CLIENT_DEADLINE(false, CooldownScope.NOTHING),
    /** The gateway is being stopped, and the time for requests to finish is over. Ends the chain. */
    SHUTTING_DOWN(false, CooldownScope.NOTHING);

    /** What a failure takes out of service for a while. */
    public enum CooldownScope {
        NOTHING,
        DEPLOYMENT,
        KEY
    }

    private final boolean counted;
    private final CooldownScope cooldownScope;

    FailureKind(boolean counted, CooldownScope cooldownScope) {
        this.counted = counted;
        this.cooldownScope = cooldownScope;
    }

    /** Whether the breaker counts it. */
    public boolean counted() {
        return counted;
    }

    public CooldownScope cooldownScope() {
        return cooldownScope;
    }

    /** Whether it is an answer: a request at fault, which every other link would refuse as well. */
    public boolean answers() {
        return this == CALLER || this == POLICY || this == STALE_THINKING;
    }

    /** Whether no other link shall be tried. */
    public boolean terminal() {
        return answers() || this == CANCELLED || this == CLIENT_DEADLINE || this == SHUTTING_DOWN;
    }
}
