package io.camelback.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What stands in the signature of a thinking block, or in the data of a redacted one, that another provider made:
 * {@code cb1:<origin>:<base64url of what the origin signed it with>}. Callers hand blocks back unread, so the origin
 * gets its own signature again, and no other provider is ever shown it (docs/wire-formats.md 2.3; traps 9, 12).
 * Thinking without a signature is marked too: Anthropic would refuse it all the same.
 *
 * @param origin the dialect it belongs to; empty when unknown
 * @param payload the origin's own signature; null when it gave none, or when a client damaged it
 */
public record ForeignThinkingToken(String origin, String payload) {
    /** In place of an origin: what belongs to the tool call that follows, such as Gemini's thought signature. */
    public static final String CALL = "call";

    private static final String PREFIX = "cb1:";

    /** @param signature of a block that a caller sent back; null when it has none */
    public static boolean isMarked(String signature) {
        return signature != null && signature.startsWith(PREFIX);
    }

    /** The mark as text. @param origin null when unknown. @param payload null for thinking that nobody signed */
    public static String write(String origin, String payload) {
        byte[] bytes = (payload == null ? "" : payload).getBytes(StandardCharsets.UTF_8);
        return PREFIX + (origin == null ? "" : origin) + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @param marked what {@link #isMarked} is true of */
    public static ForeignThinkingToken read(String marked) {
        int end = marked.indexOf(':', PREFIX.length());
        if (end < 0) {
            return new ForeignThinkingToken("", null);
        }
        return new ForeignThinkingToken(marked.substring(PREFIX.length(), end), decoded(marked.substring(end + 1)));
    }

    private static String decoded(String base64) {
        try {
            String payload = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
            return payload.isEmpty() ? null : payload;
        } catch (IllegalArgumentException damaged) {
            return null;
        }
    }

    /** The origin as {@link io.camelback.chat.Part.Thinking} has it. */
    public String originOrNull() {
        return origin.isEmpty() ? null : origin;
    }
}
