package io.camelback.protocol;

/** The provider's bytes are not an answer in its dialect. */
public final class MalformedResponseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedResponseException(String what) {
        super(what, null, false, false);
    }
}
