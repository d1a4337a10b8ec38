package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.gemini.GeminiModelTraits;
import io.camelback.protocol.gemini.GeminiParts;

/**
 * Makes a history whose turns may come from other providers one that Gemini takes: marked thinking is left out, and
 * where generation 3 wants a signature that no other provider gives, the stand-in is set. Turns of Gemini's own stay as
 * they are.
 */
final class GeminiHistoryAdapter {
    private final ProviderModel target;
    private final boolean signed;

    GeminiHistoryAdapter(ProviderModel target) {
        this.target = target;
        this.signed = GeminiModelTraits.of(target.model()).modern();
    }

    /** @return new contents; those without fault are the caller's own nodes */
    ArrayNode fit(ArrayNode contents) {
        ArrayNode fitted = contents.arrayNode();
        int current = currentTurn(contents);
        boolean silent = false;
        for (int i = 0; i < contents.size(); i++) {
            JsonNode content = contents.get(i);
            boolean model = content instanceof ObjectNode
                    && content.path("role").asText().equals("model")
                    && content.path("parts").isArray();
            JsonNode mended = model ? turn((ObjectNode) content, signed && i >= current) : content;
            mended = mended instanceof ObjectNode turn ? said(turn) : mended;
            if (mended == null) {
                silent |= !model;
                continue;
            }
            if (silent && isModel(mended) && isModel(fitted.path(fitted.size() - 1))) {
                addSilence(fitted.addObject());
            }
            silent = false;
            fitted.add(mended);
        }
        boolean begun = !isModel(contents.path(0)) && isModel(fitted.path(0));
        if (fitted.isEmpty()) {
            return contents;
        }
        if (begun) {
            addSilence(fitted.insertObject(0));
        }
        boolean prefilled = !fitted.isEmpty()
                && fitted.get(fitted.size() - 1).path("role").asText().equals("model");
        if (prefilled && !target.supports(UnsupportedParameter.PREFILL)) {
            fitted.addObject().put("role", "user").putArray("parts").add(GeminiParts.text("Continue."));
        }
        return fitted;
    }

    /** Stands for a user's turn that said nothing, where the model's turns must not meet. */
    private static void addSilence(ObjectNode content) {
        content.put("role", "user").putArray("parts").add(GeminiParts.text("."));
    }

    private static boolean isModel(JsonNode content) {
        return content.path("role").asText().equals("model");
    }

    /** A content without empty texts; null for one that says nothing at all. Gemini refuses both. */
    static ObjectNode said(ObjectNode content) {
        JsonNode parts = content.path("parts");
        if (!(parts instanceof ArrayNode list)) {
            return content;
        }
        ArrayNode kept = JsonNodes.map(list, part -> isEmptyText(part) ? null : part);
        return kept.isEmpty() ? null : kept == list ? content : JsonNodes.with(content, "parts", kept);
    }

    private static boolean isEmptyText(ObjectNode part) {
        return part.path("text").isTextual()
                && part.get("text").textValue().isEmpty()
                && !part.hasNonNull(GeminiFields.key(part, "thoughtSignature"));
    }

    /** The first content of the turn that is not over yet: what the user said last, and all since. */
    private static int currentTurn(ArrayNode contents) {
        for (int i = contents.size() - 1; i > 0; i--) {
            if (!contents.get(i).path("role").asText().equals("model") && !hasResult(contents.get(i))) {
                return i;
            }
        }
        return 0;
    }

    private static boolean hasResult(JsonNode content) {
        for (JsonNode part : content.path("parts")) {
            if (part.hasNonNull("functionResponse") || part.hasNonNull("function_response")) {
                return true;
            }
        }
        return false;
    }

    /** @return null for a turn that held nothing but what was left out */
    private static ObjectNode turn(ObjectNode content, boolean mustBeSigned) {
        ArrayNode parts = content.arrayNode();
        boolean changed = false;
        boolean first = true;
        for (JsonNode part : content.get("parts")) {
            if (!(part instanceof ObjectNode given)) {
                parts.add(part);
                continue;
            }
            boolean call = GeminiFields.value(given, "functionCall") != null;
            ObjectNode mended = part(given, call && first && mustBeSigned);
            first &= !call;
            changed |= mended != part;
            if (!emptied(given, mended)) {
                parts.add(mended);
            }
        }
        if (!changed) {
            return content;
        }
        ObjectNode turn = Json.object();
        turn.setAll(content);
        return parts.isEmpty() ? null : turn.set("parts", parts);
    }

    /** Whether all that a part had was the signature that it has lost. */
    private static boolean emptied(ObjectNode given, ObjectNode mended) {
        boolean silent = mended.isEmpty()
                || GeminiFields.value(mended, "functionCall") == null
                        && mended.path("text").isTextual()
                        && mended.path("text").textValue().isEmpty();
        return silent && mended.size() < given.size();
    }

    private static ObjectNode part(ObjectNode given, boolean mustBeSigned) {
        String field = GeminiFields.key(given, "thoughtSignature");
        boolean marked = ForeignThinkingCarrier.isMarked(Json.string(given, field));
        boolean missing = mustBeSigned && !given.hasNonNull(field);
        if (!marked && !missing) {
            return given;
        }
        ObjectNode mended = Json.object();
        mended.setAll(given);
        mended.remove(field);
        return mustBeSigned ? mended.put("thoughtSignature", GeminiContents.NO_SIGNATURE) : mended;
    }
}
