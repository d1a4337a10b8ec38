package io.camelback.clientkey;

import io.camelback.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** The secret of a client key: {@code cb-} and 43 letters and digits, more than 32 random bytes. */
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
        return Sha256.hex(bounded.getBytes(StandardCharsets.UTF_8));
    }
}
