package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How likely tokens were: both of OpenAI's dialects write it the same way. */
public final class LogprobJson {
    private LogprobJson() {}

    /** @param content a list; anything else has none */
    public static List<TokenLogprob> read(JsonNode content) {
        List<TokenLogprob> tokens = new ArrayList<>();
        if (content.isArray()) {
            content.forEach(entry -> tokens.add(new TokenLogprob(
                    entry.path("token").asText(""),
                    entry.path("logprob").decimalValue(),
                    bytes(entry.path("bytes")),
                    read(entry.path("top_logprobs")))));
        }
        return tokens;
    }

    private static List<Integer> bytes(JsonNode list) {
        if (!list.isArray()) {
            return null;
        }
        List<Integer> bytes = new ArrayList<>();
        list.forEach(one -> bytes.add(one.asInt()));
        return bytes;
    }

    public static ArrayNode write(List<TokenLogprob> tokens) {
        ArrayNode content = JsonNodes.array();
        tokens.forEach(token -> {
            ObjectNode entry = entry(token);
            ArrayNode top = entry.putArray("top_logprobs");
            token.top().forEach(other -> top.add(entry(other)));
            content.add(entry);
        });
        return content;
    }

    private static ObjectNode entry(TokenLogprob token) {
        ObjectNode entry = Json.object().put("token", token.token()).put("logprob", token.logprob());
        ArrayNode bytes = entry.putArray("bytes");
        if (token.bytes() != null) {
            token.bytes().forEach(bytes::add);
        } else {
            for (byte one : token.token().getBytes(StandardCharsets.UTF_8)) {
                bytes.add(one & 0xff);
            }
        }
        return entry;
    }
}
