package io.camelback.camel.kamelet;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.json.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of a body that is no answer although its status was 200: how long it is, and its SHA-256, by which
 * it can be told from others and found in a recording. Never a word of it (docs/failures.md P02).
 */
final class MalformedBodyLogger {
    /** As much is read of a page, in bytes. */
    private static final int PAGE = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(MalformedBodyLogger.class);

    private MalformedBodyLogger() {}

    /** The beginning of a page; less when it breaks off. */
    static byte[] page(InputStream in) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        byte[] piece = new byte[8 << 10];
        try {
            int read = in.read(piece, 0, piece.length);
            while (read > 0 && page.size() < PAGE) {
                page.write(piece, 0, Math.min(read, PAGE - page.size()));
                read = in.read(piece, 0, piece.length);
            }
        } catch (IOException e) {
            LOG.debug("A page that was no answer broke off after {} bytes", page.size());
        }
        return page.toByteArray();
    }

    /** @param what in our words */
    static void log(ProviderAttempt attempt, String what, byte[] body) {
        LOG.info(
                "{} {} sent no answer but {}: {}{} bytes, sha256 {}",
                attempt.context().id(),
                attempt.deployment().name(),
                what,
                body.length == PAGE ? "the first " : "",
                body.length,
                Sha256.hex(body));
    }
}
