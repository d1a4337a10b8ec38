package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Carries signed thinking of another provider through a Gemini caller, as the {@code thoughtSignature} of the part that
 * follows it: the official clients hand that field back unread with the history. It is marked, so that it never reaches
 * Gemini, which answers a signature it did not make with 400 (docs/wire-formats.md 2.3). It must be base64, as clients
 * hold it in bytes; those of Python write it back in the URL-safe alphabet.
 */
public final class ForeignThinkingCarrier {
    private static final String MARK = "camelback:1:";
    /** The mark is a multiple of 3 bytes long, so what is marked always begins with the same characters. */
    private static final String MARKED = Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.UTF_8));

    private ForeignThinkingCarrier() {}

    public static boolean isMarked(String signature) {
        return signature != null && signature.startsWith(MARKED);
    }

    /** @return null when there is nothing to carry */
    public static String pack(List<Part.Thinking> blocks) {
        if (blocks.isEmpty()) {
            return null;
        }
        ArrayNode list = Json.object().arrayNode();
        for (Part.Thinking block : blocks) {
            list.addObject()
                    .put("text", block.text())
                    .put("signature", block.signature())
                    .put("redacted", block.redacted())
                    .put("origin", block.origin());
        }
        return Base64.getEncoder().encodeToString((MARK + Json.text(list)).getBytes(StandardCharsets.UTF_8));
    }

    /** The thinking in a marked signature; empty when a client has damaged it, since thinking may be left out whole. */
    public static List<Part.Thinking> unpack(String marked) {
        List<Part.Thinking> blocks = new ArrayList<>();
        try {
            byte[] bytes = Base64.getDecoder().decode(marked.replace('-', '+').replace('_', '/'));
            String json = new String(bytes, StandardCharsets.UTF_8).substring(MARK.length());
            for (JsonNode block : Json.read(json)) {
                String text = Json.string(block, "text");
                blocks.add(new Part.Thinking(
                        text == null ? "" : text,
                        Json.string(block, "signature"),
                        Json.string(block, "redacted"),
                        Json.string(block, "origin")));
            }
        } catch (IllegalArgumentException | IOException damaged) {
            return List.of();
        }
        return blocks;
    }
}
