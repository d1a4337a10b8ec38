package io.camelback.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the content of a message or an item, in the spelling of either of OpenAI's formats and in those of other makers
 * that clients send back in good faith: Mistral's and Anthropic's blocks. A part of a type that is not known here stays
 * in the original; what a user or a tool shows in it is kept as such, so that only those who can read it are asked.
 *
 * @see <a href="https://docs.mistral.ai/capabilities/reasoning/">Mistral, on thinking parts</a>
 */
public final class ContentPartReader {
    private static final String CONTENT = "content";

    private final String format;
    private final List<Part> parts = new ArrayList<>();

    private ContentPartReader(String format) {
        this.format = format;
    }

    /**
     * Nothing for content that is missing or empty.
     *
     * @param format of the request, for parts that only it has
     */
    public static List<Part> read(RequestFields holder, String field, String format) {
        ContentPartReader reader = new ContentPartReader(format);
        JsonNode content = holder.get(field);
        if (content instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                reader.element(holder, field, i);
            }
        } else if (content instanceof ObjectNode object && JsonNodes.has(object, "type")) {
            reader.add(holder.object(field));
        } else {
            reader.addText(JsonNodes.jsonText(content));
        }
        CacheControlFields.read(holder.node(), reader.parts);
        return reader.parts;
    }

    /** As {@link #read}, of a role that must say something: a string, or parts of which there may be none. */
    public static List<Part> readRequired(RequestFields holder, String format) {
        JsonNode content = holder.get(CONTENT);
        if (content == null) {
            throw holder.invalid(CONTENT, "is required: a string or an array of parts");
        }
        if (!content.isTextual() && !content.isArray()) {
            throw holder.invalid(CONTENT, "must be a string or an array of parts");
        }
        return read(holder, CONTENT, format);
    }

    /** As {@link #read}, of what the assistant said: unknown parts of it were made by a provider and tell nothing. */
    public static List<Part> readAssistant(RequestFields holder, String format) {
        List<Part> parts = read(holder, CONTENT, format);
        parts.removeIf(Part.Opaque.class::isInstance);
        return parts;
    }

    private void element(RequestFields holder, String field, int index) {
        if (holder.get(field).get(index).isTextual()) {
            addText(holder.get(field).get(index).textValue());
            return;
        }
        RequestFields part = holder.element(field, index);
        add(part);
        CacheControlFields.read(part.node(), parts);
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    private void add(RequestFields part) {
        switch (part.name("type")) {
            case "text", "input_text", "output_text", "summary_text" ->
                parts.add(new Part.Text(required(part, "text")));
            case "refusal" -> parts.add(new Part.Refusal(required(part, "refusal")));
            case "image_url", "input_image" -> parts.add(MediaPartReader.image(part));
            case "input_audio" -> parts.add(MediaPartReader.audio(MediaPartReader.inner(part, "input_audio")));
            case "file" -> parts.add(MediaPartReader.file(part.get("file") == null ? part : part.object("file")));
            case "input_file" -> parts.add(MediaPartReader.file(part));
            case "image", "document" -> addForeignMedia(part);
            case "thinking", "reasoning", "reasoning_text" -> addThinking(part.node());
            case "redacted_thinking", "reference" -> {
                // Only its maker can use it, and it stays in the original.
            }
            case "tool_use" -> addCall(part);
            default -> parts.add(new Part.Opaque(format, part.node()));
        }
    }

    private static String required(RequestFields part, String field) {
        String text = part.string(field);
        if (text == null) {
            throw part.invalid(field, "is required: a string");
        }
        return text;
    }

    /** Anthropic's, with a source. */
    private void addForeignMedia(RequestFields part) {
        Part media = MediaPartReader.anthropic(part);
        parts.add(media == null ? new Part.Opaque(format, part.node()) : media);
    }

    private void addThinking(JsonNode part) {
        String text = OpenAiThinking.text(part);
        if (!text.isEmpty()) {
            parts.add(new Part.Thinking(text, null, null, null));
        }
    }

    private void addCall(RequestFields part) {
        JsonNode input = part.get("input");
        parts.add(new Part.ToolCall(
                part.name("id"), part.name("name"), input == null ? "{}" : JsonNodes.jsonText(input)));
    }

    /** The part as Chat Completions spells it, for a body that is passed on; the same part when it already is. */
    public static ObjectNode chat(ObjectNode part) {
        JsonNode image = part.path("image_url");
        switch (part.path("type").asText()) {
            case "input_text", "output_text" -> {
                return Json.object()
                        .put("type", "text")
                        .<ObjectNode>setAll(JsonNodes.without(part, "type", "annotations"));
            }
            case "input_image" -> {
                ObjectNode url = Json.object();
                url.set("url", image.isObject() ? image.path("url") : image);
                if (JsonNodes.has(part, "detail")) {
                    url.set("detail", part.get("detail"));
                }
                return Json.object().put("type", "image_url").set("image_url", url);
            }
            default -> {
                return image.isTextual()
                        ? JsonNodes.with(part, "image_url", Json.object().set("url", image))
                        : part;
            }
        }
    }
}
