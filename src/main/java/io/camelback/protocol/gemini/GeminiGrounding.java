package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.json.Json;
import io.camelback.protocol.support.CitationOffsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a candidate's text rests on: the pages that a search has found in {@code groundingMetadata}, and texts that were
 * recited in {@code citationMetadata}. Places are counted in bytes of UTF-8 (docs/wire-formats.md 2.3).
 */
public final class GeminiGrounding {
    private static final List<String> PAGES = List.of("web", "retrievedContext", "maps");
    private static final List<String> RECITED = List.of("citationSources", "citations");

    private GeminiGrounding() {}

    /** @param said the candidate's text */
    public static List<Citation> read(JsonNode candidate, CitationOffsets said) {
        List<Citation> citations = new ArrayList<>();
        JsonNode grounding = candidate.path("groundingMetadata");
        for (JsonNode support : grounding.path("groundingSupports")) {
            JsonNode segment = support.path("segment");
            int before = partsBefore(candidate, segment.path("partIndex").asInt(0));
            for (JsonNode index : support.path("groundingChunkIndices")) {
                add(citations, page(grounding.path("groundingChunks").path(index.asInt(-1))), segment, before, said);
            }
        }
        for (String field : RECITED) {
            candidate.path("citationMetadata").path(field).forEach(source -> add(citations, source, source, 0, said));
        }
        return citations;
    }

    /**
     * The bytes of text in the parts before one. A stream's parts are pieces, so there its places count from the
     * beginning.
     */
    private static int partsBefore(JsonNode candidate, int part) {
        int bytes = 0;
        JsonNode parts = candidate.path("content").path("parts");
        for (int i = 0; i < part && i < parts.size(); i++) {
            CitationOffsets text = CitationOffsets.of(
                    parts.get(i).path("thought").asBoolean()
                            ? ""
                            : parts.get(i).path("text").asText(""));
            bytes += text.bytes(text.length());
        }
        return bytes;
    }

    private static JsonNode page(JsonNode chunk) {
        for (String kind : PAGES) {
            if (chunk.path(kind).hasNonNull("uri")) {
                return chunk.path(kind);
            }
        }
        return chunk;
    }

    private static void add(List<Citation> citations, JsonNode page, JsonNode place, int before, CitationOffsets said) {
        String url = Json.string(page, "uri");
        if (url == null || !url.matches("(?i)https?://.*")) {
            return;
        }
        int start = said.afterBytes(before + place.path("startIndex").asInt(0));
        int end = said.afterBytes(before + place.path("endIndex").asInt(0));
        citations.add(new Citation(start, Math.max(start, end), url, Json.string(page, "title"), null));
    }

    /** Adds {@code groundingMetadata}, when there is something to tell. */
    public static void write(ObjectNode candidate, List<Citation> citations, CitationOffsets said) {
        if (citations.isEmpty()) {
            return;
        }
        ObjectNode grounding = candidate.putObject("groundingMetadata");
        Map<String, Integer> pages = new LinkedHashMap<>();
        ArrayNode chunks = grounding.putArray("groundingChunks");
        ArrayNode supports = grounding.putArray("groundingSupports");
        for (Citation citation : citations) {
            int page = pages.computeIfAbsent(citation.url(), url -> {
                chunks.addObject().putObject("web").put("uri", url).put("title", citation.title());
                return chunks.size() - 1;
            });
            ObjectNode support = supports.addObject();
            ObjectNode segment = support.putObject("segment")
                    .put("startIndex", said.bytes(citation.start()))
                    .put("endIndex", said.bytes(citation.end()));
            String words = said.between(citation.start(), citation.end());
            if (words != null) {
                segment.put("text", words);
            }
            support.putArray("groundingChunkIndices").add(page);
        }
    }
}
