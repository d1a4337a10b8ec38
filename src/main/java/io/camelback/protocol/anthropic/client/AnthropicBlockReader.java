package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.DataUrl;
import io.camelback.protocol.support.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Reads what a user's turn, a tool's result and a document consist of (docs/wire-formats.md 1.3). A type that is not
 * known here is kept as such, and only those who can read it are asked: left out silently, a tool would seem to have
 * said nothing, and agents ask again for ever (trap 47).
 */
final class AnthropicBlockReader {
    private static final List<String> RESULT = List.of("text", "image", "document", "search_result", "tool_reference");
    private static final List<String> USER =
            List.of("text", "image", "document", "search_result", "tool_result", "container_upload");
    /** Where nothing but a user's turn can hold them. */
    private static final List<String> USERS_ONLY = List.of("tool_result", "container_upload");

    private static final List<String> DOCUMENT = List.of("text", "image");

    private AnthropicBlockReader() {}

    static List<Part> user(RequestFields turn) {
        return read(turn, USER);
    }

    /** A string that must be there but may be empty. */
    static String text(RequestFields block, String field) {
        String text = block.string(field);
        if (text == null) {
            throw block.invalid(field, "is required: a string");
        }
        return text;
    }

    /** @param holder has {@code content}, a string or an array of blocks of these types */
    private static List<Part> read(RequestFields holder, List<String> types) {
        JsonNode content = holder.get("content");
        List<Part> parts = new ArrayList<>();
        if (content.isTextual()) {
            if (!content.textValue().isEmpty()) {
                parts.add(new Part.Text(content.textValue()));
            }
            return parts;
        }
        if (!content.isArray()) {
            throw holder.invalid("content", "must be a string or an array of blocks");
        }
        for (int i = 0; i < content.size(); i++) {
            RequestFields block = holder.element("content", i);
            add(parts, block, types);
            if (!(parts.isEmpty() || parts.get(parts.size() - 1) instanceof Part.ToolResult)) {
                CacheControlFields.read(block.node(), parts);
            }
        }
        return parts;
    }

    private static void add(List<Part> parts, RequestFields block, List<String> types) {
        String type = block.name("type");
        if (!types.contains(type) && !RESULT.contains(type) && USERS_ONLY.contains(type)) {
            throw block.invalid("type", "must be one of " + String.join(", ", types) + " here");
        }
        switch (type) {
            case "text" -> parts.add(new Part.Text(text(block, "text")));
            case "image" -> parts.add(new Part.Image(media(source(block), List.of("base64", "url", "file")), null));
            case "document" -> addDocument(parts, block);
            case "search_result" -> addSearchResult(parts, block);
            case "tool_result" -> parts.add(toolResult(block));
            case "tool_reference" -> parts.add(new Part.Text("Tool found: " + block.name("tool_name")));
            case "container_upload" -> block.name("file_id");
            default -> parts.add(new Part.Opaque(ProtocolNames.ANTHROPIC, block.node()));
        }
    }

    private static Part toolResult(RequestFields block) {
        List<Part> content = new ArrayList<>(block.get("content") == null ? List.of() : read(block, RESULT));
        CacheControlFields.read(block.node(), content);
        return new Part.ToolResult(
                block.name("tool_use_id"), null, content, Boolean.TRUE.equals(block.bool("is_error")));
    }

    private static void addSearchResult(List<Part> parts, RequestFields block) {
        parts.add(new Part.Text(text(block, "title") + "\n" + text(block, "source")));
        if (block.array("content") == null) {
            throw block.invalid("content", "is required: an array of text blocks");
        }
        parts.addAll(read(block, List.of("text")));
    }

    private static void addDocument(List<Part> parts, RequestFields block) {
        String title = block.string("title");
        String context = block.string("context");
        if (context != null && !context.isBlank()) {
            parts.add(new Part.Text(context));
        }
        RequestFields source = source(block);
        if (!source.name("type").equals("content")) {
            parts.add(new Part.Document(media(source, List.of("base64", "text", "url", "file", "content")), title));
            return;
        }
        if (source.get("content") == null) {
            throw source.invalid("content", "is required: a string or an array of blocks");
        }
        if (title != null && !title.isBlank()) {
            parts.add(new Part.Text(title));
        }
        parts.addAll(read(source, DOCUMENT));
    }

    private static RequestFields source(RequestFields block) {
        RequestFields source = block.object("source");
        if (source == null) {
            throw block.invalid("source", "is required: an object");
        }
        return source;
    }

    private static Media media(RequestFields source, List<String> types) {
        String type = source.name("type");
        if (!types.contains(type)) {
            throw source.invalid("type", "must be one of " + String.join(", ", types));
        }
        return switch (type) {
            case "base64" ->
                new Media.Inline(DataUrl.imageType(mediaType(source), source.name("data")), source.name("data"));
            case "text" -> new Media.Inline("text/plain", base64(text(source, "data")));
            case "url" -> new Media.Url(url(source));
            default -> new Media.FileId(ProtocolNames.ANTHROPIC, source.name("file_id"));
        };
    }

    private static String mediaType(RequestFields source) {
        String type = source.name("media_type").toLowerCase(Locale.ROOT);
        return type.equals("image/jpg") ? "image/jpeg" : type;
    }

    private static String url(RequestFields source) {
        String url = source.name("url");
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
            throw source.invalid("url", "must be an http or https URL");
        }
        return url;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
