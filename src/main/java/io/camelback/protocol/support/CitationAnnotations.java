package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code annotations}: the pages that a text rests on. Chat Completions has what is told of one in a field
 * {@code url_citation}, the Responses API beside its type. Those of files name what is stored at OpenAI, and are passed
 * over.
 */
public final class CitationAnnotations {
    private static final String TYPE = "url_citation";

    private CitationAnnotations() {}

    /** @param text what they count in */
    public static List<Citation> read(JsonNode annotations, CitationOffsets text) {
        List<Citation> citations = new ArrayList<>();
        for (JsonNode annotation : annotations) {
            Citation citation = readOne(annotation, text);
            if (citation != null) {
                citations.add(citation);
            }
        }
        return citations;
    }

    /** Null for what is no page on the web. */
    public static Citation readOne(JsonNode annotation, CitationOffsets text) {
        JsonNode fields = annotation.path(TYPE).isObject() ? annotation.path(TYPE) : annotation;
        String url = JsonNodes.text(fields, "url");
        if (!annotation.path("type").asText(TYPE).equals(TYPE) || url == null) {
            return null;
        }
        int start = text.afterCharacters(fields.path("start_index").asInt(0));
        int end = text.afterCharacters(fields.path("end_index").asInt(0));
        return new Citation(start, Math.max(start, end), url, JsonNodes.text(fields, "title"), null);
    }

    /** As Chat Completions has them. */
    public static ArrayNode write(List<Citation> citations, CitationOffsets text) {
        ArrayNode annotations = JsonNodes.array();
        citations.forEach(citation -> annotations.addObject().put("type", TYPE).set(TYPE, fields(citation, text)));
        return annotations;
    }

    /** As the Responses API has it. */
    public static ObjectNode flat(Citation citation, CitationOffsets text) {
        return Json.object().put("type", TYPE).setAll(fields(citation, text));
    }

    private static ObjectNode fields(Citation citation, CitationOffsets text) {
        return Json.object()
                .put("start_index", text.characters(citation.start()))
                .put("end_index", text.characters(citation.end()))
                .put("url", citation.url())
                .put("title", citation.title() == null ? "" : citation.title());
    }
}
