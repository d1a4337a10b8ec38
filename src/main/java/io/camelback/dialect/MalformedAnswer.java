package io.camelback.dialect;

/** The provider's bytes are not an answer in its dialect. */
public final class MalformedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedAnswer(String what) {
        super(what, null, false, false);
    }
}
