package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.DataUrl;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the content of an item (docs/wire-formats.md 1.3). Files stored at OpenAI are the same as those of Chat
 * Completions.
 */
final class ResponsesPartReader {
    private ResponsesPartReader() {}

    /** @param types what may stand in this message */
    static List<Part> content(RequestFields item, String... types) {
        if (item.get("content") == null) {
            throw item.invalid("content", "is required: a string or an array of parts");
        }
        return list(item, "content", types);
    }

    static List<Part> list(RequestFields item, String field, String... types) {
        JsonNode content = item.get(field);
        if (content.isTextual()) {
            return content.textValue().isEmpty() ? List.of() : List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw item.invalid(field, "must be a string or an array of parts");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            parts.add(part(item.element(field, i), List.of(types)));
        }
        return parts;
    }

    private static Part part(RequestFields part, List<String> types) {
        String type = part.name("type");
        if (!types.contains(type)) {
            throw part.invalid("type", "must be one of " + String.join(", ", types) + " here");
        }
        return switch (type) {
            case "input_text", "output_text" -> new Part.Text(required(part, "text"));
            case "refusal" -> new Part.Refusal(required(part, "refusal"));
            case "input_image" -> image(part);
            default -> file(part);
        };
    }

    static String required(RequestFields fields, String field) {
        String text = fields.string(field);
        if (text == null) {
            throw fields.invalid(field, "is required: a string");
        }
        return text;
    }

    private static Part image(RequestFields part) {
        String detail = part.string("detail");
        if (part.get("image_url") == null && part.get("file_id") != null) {
            return new Part.Image(stored(part), detail);
        }
        return new Part.Image(image(part, part.name("image_url")), detail);
    }

    private static Media image(RequestFields part, String url) {
        return DataUrl.is(url)
                ? inline(part, "image_url", url)
                : address(part, "image_url", url, ", https or data URL");
    }

    private static Media.Url address(RequestFields part, String field, String url, String kinds) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
            throw part.invalid(field, "must be an http" + kinds);
        }
        return new Media.Url(url);
    }

    private static Part file(RequestFields part) {
        String name = part.string("filename");
        String data = part.string("file_data");
        if (data != null) {
            return new Part.Document(DataUrl.is(data) ? inline(part, "file_data", data) : raw(part, data), name);
        }
        if (part.get("file_url") != null) {
            return new Part.Document(address(part, "file_url", part.name("file_url"), " or https URL"), name);
        }
        if (part.get("file_id") == null) {
            throw part.invalid("file_data", "or file_url or file_id is required");
        }
        return new Part.Document(stored(part), name);
    }

    private static Media stored(RequestFields part) {
        return new Media.FileId(ProtocolNames.OPENAI, part.name("file_id"));
    }

    private static Media.Inline inline(RequestFields part, String field, String url) {
        try {
            return DataUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw part.invalid(field, e.getMessage());
        }
    }

    private static Media.Inline raw(RequestFields part, String data) {
        try {
            String base64 = DataUrl.base64(data);
            return new Media.Inline(DataUrl.sniff(base64), base64);
        } catch (IllegalArgumentException e) {
            throw part.invalid("file_data", e.getMessage());
        }
    }
}
