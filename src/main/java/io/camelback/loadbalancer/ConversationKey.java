package io.camelback.loadbalancer;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import java.nio.charset.StandardCharsets;

/**
 * Identifies a request's conversation: by the session that the client names in {@code metadata}, or else by its first
 * messages, which providers also use for their prompt caches. The later turns do not change it.
 */
final class ConversationKey {
    private static final String[] NAMES = {"session_id", "conversation_id", "thread_id"};
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private ConversationKey() {}

    static long key(ChatRequest request) {
        for (String name : NAMES) {
            String session = request.metadata().get(name);
            if (session != null && !session.isBlank()) {
                return hash(OFFSET, session);
            }
        }
        long key = request.user() == null ? OFFSET : hash(OFFSET, request.user());
        for (Message message : request.messages()) {
            key = hash(key, Part.text(message.parts(), "\n"));
            if (message.role() == Message.Role.USER) {
                break;
            }
        }
        return key;
    }

    /** FNV-1a, and a final mix: names that differ in one letter must not stay neighbours. */
    static long hash(long start, String text) {
        long hash = start;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ one & 0xff) * PRIME;
        }
        return hash;
    }

    static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
