package io.camelback.protocol.gemini.client;

import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.support.DataUrl;
import java.util.Locale;

/** Reads {@code inlineData} and {@code fileData} by their media type: images, sounds, and all else as documents. */
final class GeminiMediaReader {
    /** Files that only Google can read: uploaded ones, those in its storage, and videos. */
    private static final String GOOGLES = "(?i)gs://.*|https://generativelanguage\\.googleapis\\.com/.*"
            + "|https://(www\\.|m\\.)?(youtube\\.com|youtu\\.be)/.*";

    private GeminiMediaReader() {}

    static Part inline(GeminiFields data) {
        String type = type(data.name("mimeType"));
        String base64 = base64(data);
        type = DataUrl.imageType(type, base64);
        return part(type, new Media.Inline(type, base64), data.string("displayName"));
    }

    static Part file(GeminiFields file) {
        String uri = file.name("fileUri");
        String type = type(file.string("mimeType"));
        boolean shared = uri.toLowerCase(Locale.ROOT).startsWith("http") && !uri.matches(GOOGLES);
        Media media = shared ? new Media.Url(uri) : new Media.FileId(ProtocolNames.GEMINI, uri);
        return part(type, media, file.string("displayName"));
    }

    private static Part part(String type, Media media, String name) {
        if (type.startsWith("image/")) {
            return new Part.Image(media, null);
        }
        return type.startsWith("audio/") ? new Part.Audio(media, format(type)) : new Part.Document(media, name);
    }

    /** Without parameters, in lower case; empty when not said. */
    private static String type(String said) {
        String type = said == null ? "" : said.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
        return type.equals("image/jpg") ? "image/jpeg" : type;
    }

    private static String format(String type) {
        String format = type.substring("audio/".length());
        return format.equals("mpeg") ? "mp3" : format.replaceFirst("^x-", "");
    }

    /** Standard base64 with padding: the Python client writes the URL-safe alphabet. */
    private static String base64(GeminiFields data) {
        String standard = data.name("data").replace('-', '+').replace('_', '/').replaceAll("[\\s=]", "");
        if (!standard.matches("[A-Za-z0-9+/]+") || standard.length() % 4 == 1) {
            throw data.invalid("data", "is not valid base64");
        }
        return standard + "=".repeat((4 - standard.length() % 4) % 4);
    }
}
