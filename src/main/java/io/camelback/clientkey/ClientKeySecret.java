package io.camelback.clientkey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A client key as its owner has it: {@code cb-} and 43 letters and digits, which is more than 32 random bytes hold. */
public final class ClientKeySecret {
    /** How every key begins, so that people and scanners know one when they see it. */
    public static final String PREFIX = "cb-";

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** 62^43 is more than 2^256. */
    private static final int LENGTH = 43;
    /** No key is longer; of what is, no more is looked at than makes it wrong. */
    private static final int LONGEST = 256;

    private ClientKeySecret() {}

    /** @param random must be one that nobody can foretell */
    static String make(RandomGenerator random) {
        StringBuilder secret = new StringBuilder(PREFIX);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(BASE62.charAt(random.nextInt(BASE62.length())));
        }
        return secret.toString();
    }

    /** What is kept of a key: the SHA-256 of all of it, in hexadecimal. */
    static String hash(String secret) {
        String bounded = secret.length() <= LONGEST ? secret : secret.substring(0, LONGEST);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bounded.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
