package io.camelback.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.DataUrl;
import io.camelback.protocol.support.RequestFields;
import java.util.Locale;

/** Reads images, sound and files of a caller's request in either of OpenAI's formats (docs/wire-formats.md 1.3). */
final class MediaPartReader {
    private MediaPartReader() {}

    /** A bare URL, an object with a URL and its detail, or a file stored at OpenAI. */
    static Part image(RequestFields part) {
        JsonNode given = part.get("image_url");
        if (given == null && part.get("file_id") != null) {
            return new Part.Image(stored(part), part.string("detail"));
        }
        if (given != null && given.isObject()) {
            RequestFields image = part.object("image_url");
            return new Part.Image(
                    address(image, "url", image.name("url"), "an http, https or data URL"), detail(part, image));
        }
        return new Part.Image(
                address(part, "image_url", part.name("image_url"), "an http, https or data URL"),
                part.string("detail"));
    }

    private static String detail(RequestFields part, RequestFields image) {
        return image.string("detail") == null ? part.string("detail") : image.string("detail");
    }

    private static Media address(RequestFields fields, String field, String url, String kinds) {
        if (DataUrl.is(url)) {
            return inline(fields, field, url);
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
            throw fields.invalid(field, "must be " + kinds);
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

    static Part audio(RequestFields audio) {
        String format = audio.name("format");
        String mediaType = "audio/" + (format.equals("mp3") ? "mpeg" : format);
        return new Part.Audio(new Media.Inline(mediaType, base64(audio, "data", audio.name("data"))), format);
    }

    static Part file(RequestFields file) {
        String name = file.string("filename");
        String data = file.string("file_data");
        if (data != null) {
            return new Part.Document(DataUrl.is(data) ? inline(file, "file_data", data) : raw(file, data), name);
        }
        if (file.get("file_url") != null) {
            return new Part.Document(address(file, "file_url", file.name("file_url"), "an http or https URL"), name);
        }
        if (file.get("file_id") == null) {
            throw file.invalid("file_data", "or file_url or file_id is required");
        }
        return new Part.Document(stored(file), name);
    }

    private static Media stored(RequestFields part) {
        return new Media.FileId(ProtocolNames.OPENAI, part.name("file_id"));
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

    /** A block of Anthropic's; null for a source that has no meaning here. */
    static Part anthropic(RequestFields block) {
        if (block.get("source") == null || !block.get("source").isObject()) {
            return null;
        }
        RequestFields source = block.object("source");
        Media media = switch (source.node().path("type").asText()) {
            case "base64" -> new Media.Inline(source.name("media_type"), base64(source, "data", source.name("data")));
            case "url" -> address(source, "url", source.name("url"), "an http or https URL");
            default -> null;
        };
        if (media == null) {
            return null;
        }
        return block.name("type").equals("image")
                ? new Part.Image(media, null)
                : new Part.Document(media, block.string("title"));
    }

    static RequestFields inner(RequestFields part, String field) {
        RequestFields inner = part.object(field);
        if (inner == null) {
            throw part.invalid(field, "is required: an object");
        }
        return inner;
    }
}
