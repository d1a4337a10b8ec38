package io.camelback.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** The words of a part that is thinking: a string, or Mistral's pieces of text. */
public final class OpenAiThinking {
    private OpenAiThinking() {}

    /** Empty when it has none. */
    public static String text(JsonNode part) {
        for (String field : new String[] {"thinking", "reasoning", "text", "content"}) {
            String text = words(part.path(field));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String words(JsonNode thinking) {
        if (thinking.isTextual()) {
            return thinking.textValue();
        }
        StringBuilder text = new StringBuilder();
        thinking.forEach(piece -> text.append(piece.path("text").asText("")));
        return text.toString();
    }
}
