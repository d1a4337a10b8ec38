package io.camelback.protocol;

/**
 * The target cannot carry what the caller asked for, so another one must be asked. Nothing was sent; nobody is at
 * fault.
 */
public final class UnsupportedFeatureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param feature what cannot be carried, e.g. {@code audio input} */
    public UnsupportedFeatureException(String feature) {
        super(feature, null, false, false);
    }
}
