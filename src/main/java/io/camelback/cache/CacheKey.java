package io.camelback.cache;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The cache key of a request: the client key, the chain, and every field that affects the answer. How it is delivered,
 * who the end user is and the caller's labels do not. Every value is written with its length, so that no text can look
 * like another's structure.
 */
final class CacheKey {
    private final MessageDigest digest = Sha256.start();

    private CacheKey() {}

    /** @param clientKey the id of the key the caller came with; null without keys */
    static String of(String clientKey, String chain, ChatRequest request) {
        CacheKey key = new CacheKey();
        key.add(clientKey).add(chain).add(request.messages().size());
        for (Message message : request.messages()) {
            key.add(message.role()).add(message.name()).add(message.parts().size());
            message.parts().forEach(key::part);
        }
        key.add(request.tools().size());
        for (Tool tool : request.tools()) {
            key.add(tool.toString());
        }
        key.add(request.toolChoice())
                .add(request.parallelCalls())
                .add(request.format())
                .add(request.sampling())
                .add(request.maxOutputTokens())
                .add(request.effort())
                .add(request.candidates())
                .add(request.logprobs());
        return HexFormat.of().formatHex(key.digest.digest());
    }

    private void part(Part part) {
        add(part.getClass().getSimpleName());
        if (part instanceof Part.Text text) {
            add(text.text());
        } else if (part instanceof Part.ToolCall call) {
            add(call.name()).add(call.arguments());
        } else if (part instanceof Part.ToolResult result) {
            add(result.name()).add(result.error()).add(result.content().size());
            result.content().forEach(this::part);
        } else {
            add(part.toString());
        }
    }

    private CacheKey add(Object value) {
        byte[] bytes = value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((value == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }
}
