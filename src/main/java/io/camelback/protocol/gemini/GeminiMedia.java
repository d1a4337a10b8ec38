package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.UnsupportedFeatureException;
import java.util.Locale;
import java.util.Map;

/**
 * Writes images, files and sounds. Gemini fetches https and gs addresses itself and wants their type, which is guessed
 * by the ending of the path.
 */
public final class GeminiMedia {
    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("csv", "text/csv"),
            Map.entry("html", "text/html"),
            Map.entry("xml", "text/xml"),
            Map.entry("json", "application/json"),
            Map.entry("wav", "audio/wav"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("flac", "audio/flac"));

    private GeminiMedia() {}

    static ObjectNode image(Part.Image image) {
        return write(image.media(), "image", "image/", "image/jpeg");
    }

    static ObjectNode document(Part.Document document) {
        return write(document.media(), "document", "", "application/pdf");
    }

    static ObjectNode audio(Part.Audio audio) {
        String type =
                audio.format() == null ? "audio/wav" : "audio/" + audio.format().toLowerCase(Locale.ROOT);
        if (audio.media() instanceof Part.Media.Inline inline && audio.format() != null) {
            return inline(type, inline.data());
        }
        return write(audio.media(), "audio", "audio/", type);
    }

    /** @param family what a guessed type must begin with */
    private static ObjectNode write(Part.Media media, String what, String family, String otherwise) {
        if (media instanceof Part.Media.Inline inline) {
            return inline(inline.mediaType() == null ? otherwise : inline.mediaType(), inline.data());
        }
        if (media instanceof Part.Media.Url url) {
            if (!url.url().startsWith("https://") && !url.url().startsWith("gs://")) {
                throw new UnsupportedFeatureException(what + " URL that is not https");
            }
            return file(url.url(), guess(url.url(), family, otherwise));
        }
        Part.Media.FileId file = (Part.Media.FileId) media;
        if (!ProtocolNames.GEMINI.equals(file.dialect())) {
            throw new UnsupportedFeatureException(what + " stored at another provider");
        }
        return file(file.id(), null);
    }

    /** An image of an answer: whatever its address, it is for the caller to fetch. */
    public static ObjectNode shown(Part.Image image) {
        return image.media() instanceof Part.Media.Url url
                ? file(url.url(), guess(url.url(), "image/", "image/jpeg"))
                : image(image);
    }

    private static ObjectNode inline(String mediaType, String data) {
        ObjectNode part = Json.object();
        part.putObject("inlineData")
                .put("mimeType", mediaType.equals("image/jpg") ? "image/jpeg" : mediaType)
                .put("data", data);
        return part;
    }

    private static ObjectNode file(String uri, String mediaType) {
        ObjectNode part = Json.object();
        ObjectNode file = part.putObject("fileData").put("fileUri", uri);
        if (mediaType != null) {
            file.put("mimeType", mediaType);
        }
        return part;
    }

    private static String guess(String url, String family, String otherwise) {
        String path = url.replaceFirst("[?#].*", "");
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = BY_ENDING.getOrDefault(ending, otherwise);
        return type.startsWith(family) ? type : otherwise;
    }
}
