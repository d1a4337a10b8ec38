package io.camelback.failure;

import io.camelback.chat.GatewayError;

/**
 * Internal failures of the gateway: a bug, or exhausted memory or stack. They are told like a provider's failures, so
 * that an answer they meet never looks whole. What is needed when the memory is exhausted has been made at the start.
 */
public final class GatewayFault {
    /** What a caller is told. */
    public static final GatewayError ERROR =
            GatewayError.of(500, "internal_error", "The gateway failed. The log has the details under the request id.");

    private static final ProviderException OUT_OF_MEMORY = failure(OutOfMemoryError.class);
    private static final ProviderException STACK_OVERFLOW = failure(StackOverflowError.class);

    private GatewayFault() {}

    /** What such a fault is to the attempt it met. It names the class of the fault, which others may have wrapped. */
    public static ProviderException of(Throwable thrown) {
        Throwable fault = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error) {
                fault = cause;
            }
        }
        if (fault instanceof OutOfMemoryError) {
            return OUT_OF_MEMORY;
        }
        return fault instanceof StackOverflowError ? STACK_OVERFLOW : failure(fault.getClass());
    }

    private static ProviderException failure(Class<?> fault) {
        return new ProviderException(
                FailureKind.INTERNAL, 0, ERROR.code(), "the gateway failed: " + fault.getSimpleName(), null);
    }
}
