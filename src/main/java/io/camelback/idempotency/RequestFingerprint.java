package io.camelback.idempotency;

import io.camelback.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 of several values. Each is written with its length, so that none can look like another's end. Used once.
 */
public final class RequestFingerprint {
    /** The longest key there may be. */
    public static final int LONGEST_KEY = 255;

    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1," + LONGEST_KEY + "}");
    private final MessageDigest digest = Sha256.start();

    private RequestFingerprint() {}

    public static RequestFingerprint of(String what) {
        return new RequestFingerprint().and(what);
    }

    /** Whether callers may name a request so: printable ASCII, not too long. */
    public static boolean isKey(String said) {
        return KEY.matcher(said).matches() && !said.isBlank();
    }

    /** @param value null is another value than an empty one */
    public RequestFingerprint and(String value) {
        if (value == null) {
            digest.update((byte) '-');
            return this;
        }
        return and(value.getBytes(StandardCharsets.UTF_8));
    }

    public RequestFingerprint and(byte[] value) {
        digest.update((value.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(value);
        return this;
    }

    /** All of it, in hex. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
