package io.camelback.protocol.openai.responses;

import io.camelback.chat.Part;
import io.camelback.protocol.ProtocolNames;

/**
 * What a provider wants back with its reasoning, as it travels in {@code encrypted_content}. OpenAI's own goes as it
 * is. That of another provider is marked with the dialect it belongs to, so that it finds its way back to that provider
 * and no other (docs/wire-formats.md 2.3): {@code cb1:anthropic:s:…} for a signature, {@code …:r:…} for a redacted
 * block. A signature that belongs to a tool call has no reasoning of its own and goes as {@code cb1:call:…}, with the
 * call's id.
 *
 * <p>In the neutral model the signature of this dialect's reasoning is {@code <item id>|<encrypted content>}.
 */
public final class ReasoningState {
    /** How ids of reasoning items begin that were made here, and that no provider knows. */
    public static final String MADE = "rs_cb";

    private static final String MARK = "cb1:";
    private static final String CALL = MARK + "call:";
    private static final String SIGNED = "s";
    private static final String REDACTED = "r";

    private ReasoningState() {}

    /** The encrypted content for a caller; null when there is none, or none that could be told apart again. */
    public static String encrypted(Part.Thinking thinking) {
        boolean redacted = thinking.redacted() != null;
        return encrypted(redacted ? thinking.redacted() : thinking.signature(), redacted, thinking.origin());
    }

    public static String encrypted(String state, boolean redacted, String origin) {
        if (state == null || state.isEmpty() || origin == null) {
            return null;
        }
        String kind = redacted ? REDACTED : SIGNED;
        return ProtocolNames.RESPONSES.equals(origin) ? own(state) : MARK + origin + ":" + kind + ":" + state;
    }

    public static String encryptedCall(String callId, String signature) {
        return CALL + signature + "|" + callId;
    }

    /** Encrypted content that no provider can read. */
    public static String nobodys() {
        return MARK;
    }

    /** Whether it belongs to a provider of another dialect. */
    public static boolean isForeign(String encrypted) {
        return encrypted != null && encrypted.startsWith(MARK);
    }

    /** The call's id and its signature; null for what is no call's. */
    static String[] call(String encrypted) {
        if (encrypted == null || !encrypted.startsWith(CALL)) {
            return null;
        }
        int bar = encrypted.indexOf('|');
        return bar < 0 ? null : new String[] {encrypted.substring(bar + 1), encrypted.substring(CALL.length(), bar)};
    }

    /** The reasoning that a caller or a provider tells. @param id and encrypted may be null */
    public static Part.Thinking read(String text, String id, String encrypted) {
        if (encrypted == null || encrypted.isEmpty()) {
            return new Part.Thinking(text, null, null, null);
        }
        if (!isForeign(encrypted)) {
            return new Part.Thinking(text, signature(id, encrypted), null, ProtocolNames.RESPONSES);
        }
        String[] fields = encrypted.split(":", 4);
        boolean known = fields.length == 4 && !fields[1].isEmpty();
        if (known && fields[2].equals(SIGNED)) {
            return new Part.Thinking(text, fields[3], null, fields[1]);
        }
        return known && fields[2].equals(REDACTED)
                ? new Part.Thinking(text, null, fields[3], fields[1])
                : new Part.Thinking(text, null, null, null);
    }

    static String signature(String id, String encrypted) {
        return (id == null || id.startsWith(MADE) ? "" : id) + "|" + encrypted;
    }

    /** The item's id in a signature of this dialect; null when it has none. */
    public static String id(String signature) {
        int bar = signature.indexOf('|');
        return bar <= 0 ? null : signature.substring(0, bar);
    }

    /** The encrypted content in a signature of this dialect. */
    static String own(String signature) {
        return signature.substring(signature.indexOf('|') + 1);
    }
}
