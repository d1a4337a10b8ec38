package io.camelback.camel.request;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Names for requests: the caller's own when it is harmless, else a new one. */
public final class RequestIds {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private static final Pattern MADE = Pattern.compile("req_[0-9a-f]{24}");

    private RequestIds() {}

    /** Whether it was made here: the caller did not name the request. */
    public static boolean isMade(String id) {
        return MADE.matcher(id).matches();
    }

    public static String of(String asked) {
        if (asked != null && HARMLESS.matcher(asked).matches()) {
            return asked;
        }
        byte[] random = new byte[12];
        ThreadLocalRandom.current().nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }
}
