package io.camelback.routing.graph;

/**
 * Where a step of a route leads.
 *
 * @param kamelet the Kamelet's name; empty for {@code direct:}
 * @param name the route or deployment behind {@code direct:}, or the deployment behind a Kamelet's slash; empty when
 *     there is none
 */
public record StepTarget(Kind kind, String kamelet, String name) {
    /** For steps that lead nowhere, or to what is no part of a chain. */
    public static final StepTarget NONE = new StepTarget(Kind.NONE, "", "");

    public static final String DIRECT = "direct:";
    public static final String KAMELET = "kamelet:";
    /** The Kamelet that answers with a fixed text. */
    public static final String STATIC_ANSWER = "degraded-answer-action";

    /** What stands there. */
    public enum Kind {
        DIRECT,
        KAMELET,
        NONE
    }

    /** @param uri an endpoint's, with or without parameters */
    public static StepTarget of(String uri) {
        String plain = uri.split("\\?", 2)[0];
        if (plain.startsWith(DIRECT)) {
            return new StepTarget(Kind.DIRECT, "", plain.substring(DIRECT.length()));
        }
        if (!plain.startsWith(KAMELET)) {
            return NONE;
        }
        String[] parts = plain.substring(KAMELET.length()).split("/", 2);
        return new StepTarget(Kind.KAMELET, parts[0], parts.length > 1 ? parts[1] : "");
    }

    public boolean isDirect() {
        return kind == Kind.DIRECT;
    }

    public boolean isStaticAnswer() {
        return kind == Kind.KAMELET && kamelet.startsWith(STATIC_ANSWER);
    }
}
