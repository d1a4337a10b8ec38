package io.camelback.failure;

import java.util.zip.ZipException;

/** A provider's compressed body is larger than any answer once it is unpacked: nothing more of it is read. */
public final class UnpackedTooLargeException extends ZipException {
    private static final long serialVersionUID = 1L;

    /** @param limit the most bytes that may come out of a body */
    public UnpackedTooLargeException(int limit) {
        super("more than " + limit + " bytes when unpacked");
    }
}
