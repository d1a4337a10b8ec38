package io.camelback.protocol;

import io.camelback.json.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Short alphanumeric ids that follow from a text alone: every turn and every gateway node finds the same one. */
public final class StableId {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    /** Mistral takes ids of this form only (400, code 3280). */
    private static final int MISTRAL_LENGTH = 9;

    private StableId() {}

    /** @param length at most 42 */
    public static String of(String text, int length) {
        BigInteger rest = new BigInteger(1, sha256(text));
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            BigInteger[] division = rest.divideAndRemainder(BASE);
            id.append(ALPHABET.charAt(division[1].intValue()));
            rest = division[0];
        }
        return id.toString();
    }

    /** The id as Mistral takes it; one that already is stays, so that Mistral's own calls keep their ids. */
    public static String mistral(String id) {
        return id.matches("[a-zA-Z0-9]{" + MISTRAL_LENGTH + "}") ? id : of(id, MISTRAL_LENGTH);
    }

    /** The first bytes of the text's SHA-256 in hexadecimal. @param bytes at most 32 */
    public static String hex(String text, int bytes) {
        return HexFormat.of().formatHex(sha256(text), 0, bytes);
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
