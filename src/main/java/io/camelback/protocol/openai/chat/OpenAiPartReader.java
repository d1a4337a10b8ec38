package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.DataUrl;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the content of a message (docs/wire-formats.md 1.3), two foreign spellings included: {@code input_text}, and a
 * bare image URL.
 */
public final class OpenAiPartReader {
    private OpenAiPartReader() {}

    /** @param types the types of part that this role may have */
    public static List<Part> read(RequestFields message, List<String> types) {
        JsonNode content = message.get("content");
        if (content.isTextual()) {
            List<Part> said = new ArrayList<>();
            if (!content.textValue().isEmpty()) {
                said.add(new Part.Text(content.textValue()));
            }
            CacheControlFields.read(message.node(), said);
            return said;
        }
        if (!content.isArray() || content.isEmpty()) {
            throw message.invalid("content", "must be a string or an array of at least one part");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            parts.add(part(message.element("content", i), types));
            CacheControlFields.read(message.element("content", i).node(), parts);
        }
        CacheControlFields.read(message.node(), parts);
        return parts;
    }

    private static Part part(RequestFields part, List<String> types) {
        String said = part.name("type");
        String type = said.equals("input_text") ? "text" : said;
        if (!types.contains(type)) {
            throw part.invalid("type", "must be one of " + String.join(", ", types) + " here");
        }
        return switch (type) {
            case "text" -> new Part.Text(required(part, "text"));
            case "refusal" -> new Part.Refusal(required(part, "refusal"));
            case "image_url" -> image(part);
            case "input_audio" -> audio(inner(part, "input_audio"));
            default -> file(inner(part, "file"));
        };
    }

    private static String required(RequestFields part, String field) {
        String text = part.string(field);
        if (text == null) {
            throw part.invalid(field, "is required: a string");
        }
        return text;
    }

    private static RequestFields inner(RequestFields part, String field) {
        RequestFields inner = part.object(field);
        if (inner == null) {
            throw part.invalid(field, "is required: an object");
        }
        return inner;
    }

    private static Part image(RequestFields part) {
        JsonNode given = part.get("image_url");
        if (given != null && given.isTextual()) {
            return new Part.Image(image(part, "image_url", given.textValue()), null);
        }
        RequestFields image = inner(part, "image_url");
        return new Part.Image(image(image, "url", image.name("url")), image.string("detail"));
    }

    private static Media image(RequestFields fields, String field, String url) {
        if (DataUrl.is(url)) {
            return inline(fields, field, url);
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
            throw fields.invalid(field, "must be an http, https or data URL");
        }
        return new Media.Url(url);
    }

    private static Media.Inline inline(RequestFields fields, String field, String url) {
        try {
            return DataUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw fields.invalid(field, e.getMessage());
        }
    }

    private static Part audio(RequestFields audio) {
        String format = audio.name("format");
        String mediaType = "audio/" + (format.equals("mp3") ? "mpeg" : format);
        return new Part.Audio(new Media.Inline(mediaType, base64(audio, "data", audio.name("data"))), format);
    }

    private static Part file(RequestFields file) {
        String name = file.string("filename");
        String data = file.string("file_data");
        if (data != null) {
            return new Part.Document(DataUrl.is(data) ? inline(file, "file_data", data) : raw(file, data), name);
        }
        if (file.get("file_id") == null) {
            throw file.invalid("file_data", "or file_id is required");
        }
        return new Part.Document(new Media.FileId(ProtocolNames.OPENAI, file.name("file_id")), name);
    }

    private static Media.Inline raw(RequestFields file, String data) {
        String base64 = base64(file, "file_data", data);
        return new Media.Inline(DataUrl.sniff(base64), base64);
    }

    private static String base64(RequestFields fields, String field, String data) {
        try {
            return DataUrl.base64(data);
        } catch (IllegalArgumentException e) {
            throw fields.invalid(field, e.getMessage());
        }
    }

    /** The part as OpenAI spells it, for a body that is passed through; the same part when it already is. */
    public static ObjectNode standard(ObjectNode part) {
        if ("input_text".equals(JsonNodes.text(part, "type"))) {
            return JsonNodes.with(part, "type", "text");
        }
        JsonNode image = part.path("image_url");
        if (image.isTextual()) {
            ObjectNode object = Json.object();
            object.set("url", image);
            return JsonNodes.with(part, "image_url", object);
        }
        return part;
    }
}
