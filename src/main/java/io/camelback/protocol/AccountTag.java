package io.camelback.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signature and the account it belongs to. That of a dialect's own house goes as it is; that of any other account is
 * marked with the provider's name of the configuration, in base64, since clients hold signatures in bytes and write
 * them back in either alphabet. Callers hand it back unread, so no state is kept here.
 *
 * @param account the provider's name
 * @param signature as the provider wrote it
 */
record AccountTag(String account, String signature) {
    private static final String MARK = "camelback:2:";
    /** The mark is a multiple of 3 bytes long, so what is marked always begins with the same characters. */
    private static final String MARKED = Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.UTF_8));

    private static final char END = '\n';
    private static final AccountTag DAMAGED = new AccountTag("?", "");

    String text() {
        return Base64.getEncoder().encodeToString((MARK + account + END + signature).getBytes(StandardCharsets.UTF_8));
    }

    /** @param home whose it is when it bears no mark. One that a client damaged belongs to nobody */
    static AccountTag read(String text, String home) {
        if (!text.startsWith(MARKED)) {
            return new AccountTag(home, text);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            String marked = new String(bytes, StandardCharsets.UTF_8).substring(MARK.length());
            int end = marked.indexOf(END);
            return end < 0 ? DAMAGED : new AccountTag(marked.substring(0, end), marked.substring(end + 1));
        } catch (IllegalArgumentException damaged) {
            return DAMAGED;
        }
    }
}
