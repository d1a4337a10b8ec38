package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code logprobsResult}: the chosen tokens in one list, the likeliest of each place in another. */
public final class GeminiLogprobs {
    private GeminiLogprobs() {}

    public static List<TokenLogprob> read(JsonNode candidate) {
        JsonNode result = candidate.path("logprobsResult");
        JsonNode chosen = result.path("chosenCandidates");
        List<TokenLogprob> tokens = new ArrayList<>();
        for (int i = 0; chosen.isArray() && i < chosen.size(); i++) {
            List<TokenLogprob> top = new ArrayList<>();
            result.path("topCandidates").path(i).path("candidates").forEach(one -> top.add(token(one, List.of())));
            tokens.add(token(chosen.get(i), top));
        }
        return tokens;
    }

    private static TokenLogprob token(JsonNode node, List<TokenLogprob> top) {
        return new TokenLogprob(
                node.path("token").asText(""), node.path("logProbability").decimalValue(), null, top);
    }

    /** Adds {@code logprobsResult}, when there is something to tell. */
    public static void write(ObjectNode candidate, List<TokenLogprob> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        ObjectNode result = candidate.putObject("logprobsResult");
        ArrayNode top = result.putArray("topCandidates");
        ArrayNode chosen = result.putArray("chosenCandidates");
        for (TokenLogprob token : tokens) {
            chosen.add(written(token));
            ArrayNode likeliest = top.addObject().putArray("candidates");
            token.top().forEach(one -> likeliest.add(written(one)));
        }
    }

    private static ObjectNode written(TokenLogprob token) {
        return Json.object().put("token", token.token()).put("logProbability", token.logprob());
    }
}
