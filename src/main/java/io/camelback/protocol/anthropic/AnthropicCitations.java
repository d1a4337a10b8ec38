package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code citations} of a text block: all of the block rests on them. Those of pages on the web go to other dialects;
 * those of the caller's own documents name places in the request that no other dialect has a word for.
 *
 * <p>Anthropic wants its citations back as they were, with an index that only it can read. One that was made here has a
 * mark in its place, and is taken out of the history before Anthropic sees it.
 */
public final class AnthropicCitations {
    private static final String MADE = "cb1:";
    private static final String INDEX = "encrypted_index";

    private AnthropicCitations() {}

    /** @param list null for none. @param start and end the place of the block in the text of the answer */
    public static List<Citation> read(JsonNode list, int start, int end) {
        List<Citation> citations = new ArrayList<>();
        if (list != null) {
            list.forEach(one -> {
                String url = JsonNodes.text(
                        one, one.path("type").asText().equals("search_result_location") ? "source" : "url");
                if (url != null && url.matches("(?i)https?://.*")) {
                    citations.add(new Citation(
                            start, end, url, JsonNodes.text(one, "title"), JsonNodes.text(one, "cited_text")));
                }
            });
        }
        return citations;
    }

    public static ObjectNode write(Citation citation) {
        return Json.object()
                .put("type", "web_search_result_location")
                .put("url", citation.url())
                .put("title", citation.title())
                .put("cited_text", citation.quote() == null ? "" : citation.quote())
                .put(INDEX, MADE);
    }

    /**
     * A text as blocks, each with the citations of all of it.
     *
     * @param before the characters of the answer before this text
     * @param citations those of the whole answer
     */
    public static List<ObjectNode> blocks(String text, int before, List<Citation> citations) {
        TreeSet<Integer> borders = new TreeSet<>(List.of(0, text.length()));
        List<Citation> here = citations.stream()
                .filter(one -> one.end() > before && one.start() < before + text.length())
                .map(one -> one.moved(-before).within(text.length()))
                .toList();
        here.forEach(citation -> borders.addAll(List.of(citation.start(), citation.end())));
        List<ObjectNode> blocks = new ArrayList<>();
        for (int start : borders.headSet(text.length())) {
            int end = borders.higher(start);
            ObjectNode block = AnthropicParts.text(text.substring(start, end));
            List<ObjectNode> own = here.stream()
                    .filter(one -> one.start() <= start && one.end() >= end)
                    .map(AnthropicCitations::write)
                    .toList();
            if (!own.isEmpty()) {
                block.putArray("citations").addAll(own);
            }
            blocks.add(block);
        }
        return blocks;
    }

    /** The history without what was made here. */
    public static void removeMade(ObjectNode body) {
        if (body.get("messages") instanceof ArrayNode messages) {
            body.set(
                    "messages",
                    JsonNodes.map(
                            messages,
                            message -> message.get("content") instanceof ArrayNode blocks
                                            && message.path("role").asText().equals("assistant")
                                    ? without(message, blocks)
                                    : message));
        }
    }

    private static ObjectNode without(ObjectNode message, ArrayNode blocks) {
        ArrayNode kept = JsonNodes.map(blocks, AnthropicCitations::without);
        return kept == blocks ? message : JsonNodes.with(message, "content", kept);
    }

    private static ObjectNode without(ObjectNode block) {
        if (!(block.get("citations") instanceof ArrayNode citations)) {
            return block;
        }
        ArrayNode kept =
                JsonNodes.map(citations, one -> one.path(INDEX).asText().startsWith(MADE) ? null : one);
        if (kept == citations) {
            return block;
        }
        return kept.isEmpty() ? JsonNodes.without(block, "citations") : JsonNodes.with(block, "citations", kept);
    }
}
