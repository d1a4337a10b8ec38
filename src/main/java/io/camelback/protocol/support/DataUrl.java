package io.camelback.protocol.support;

import io.camelback.chat.Part.Media.Inline;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * {@code data:} URLs as clients really write them (docs/wire-formats.md 1.3): with parameters, without a media type,
 * with line breaks in the base64, in the URL-safe alphabet, without padding. What comes out is standard base64 with
 * padding.
 */
public final class DataUrl {
    private DataUrl() {}

    /** Whether it begins like one. */
    public static boolean is(String url) {
        return url.regionMatches(true, 0, "data:", 0, 5);
    }

    /** @throws IllegalArgumentException saying what is wrong with the URL */
    public static Inline parse(String url) {
        int comma = url.indexOf(',');
        if (!is(url) || comma < 0) {
            throw new IllegalArgumentException("must look like data:image/png;base64,…");
        }
        String[] head = url.substring(5, comma).split(";");
        String payload = url.substring(comma + 1);
        boolean base64 = head.length > 1 && "base64".equalsIgnoreCase(head[head.length - 1].trim());
        String data = base64 ? base64(payload) : percentDecoded(payload);
        return new Inline(mediaType(head[0], data, base64), data);
    }

    private static String percentDecoded(String payload) {
        try {
            String text = URLDecoder.decode(payload.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not valid percent-encoding", e);
        }
    }

    /** The bytes as a URL. */
    public static String write(Inline media) {
        return "data:" + media.mediaType() + ";base64," + media.data();
    }

    /**
     * Standard base64 with padding.
     *
     * @throws IllegalArgumentException when it is not base64 in either alphabet, or empty
     */
    public static String base64(String payload) {
        StringBuilder data = new StringBuilder(payload.length() + 2);
        for (int i = 0; i < payload.length(); i++) {
            char c = payload.charAt(i);
            if (c == '-' || c == '_') {
                data.append(c == '-' ? '+' : '/');
            } else if (c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
                data.append(c);
            } else if (c != '=' && !Character.isWhitespace(c)) {
                throw new IllegalArgumentException("is not valid base64");
            }
        }
        if (data.isEmpty() || data.length() % 4 == 1) {
            throw new IllegalArgumentException("is not valid base64");
        }
        return data.append("=".repeat((4 - data.length() % 4) % 4)).toString();
    }

    /** The media type by the first bytes; {@code application/octet-stream} when they tell nothing. */
    public static String sniff(String data) {
        String[][] magic = {
            {"iVBORw0KGgo", "image/png"}, {"/9j/", "image/jpeg"}, {"R0lGOD", "image/gif"}, {"JVBERi", "application/pdf"}
        };
        for (String[] known : magic) {
            if (data.startsWith(known[0])) {
                return known[1];
            }
        }
        // RIFF, a length, WEBP: compared undecoded, as callers' own data may not be Base64 at all.
        boolean webp = data.startsWith("UklGR") && data.startsWith("XRUJQ", 11);
        return webp ? "image/webp" : "application/octet-stream";
    }

    /**
     * What a picture is by its first bytes, where they tell: screenshots are JPEG labelled as PNG.
     *
     * @param said its label, which stands for anything but a picture
     */
    public static String imageType(String said, String data) {
        if (!said.toLowerCase(Locale.ROOT).startsWith("image/")) {
            return said;
        }
        String known = sniff(data);
        return known.startsWith("image/") ? known : said;
    }

    private static String mediaType(String said, String data, boolean base64) {
        String type = said.trim().toLowerCase(Locale.ROOT);
        type = type.equals("image/jpg") ? "image/jpeg" : type;
        if (!type.isEmpty() && !type.equals("base64")) {
            return base64 ? imageType(type, data) : type;
        }
        return base64 ? sniff(data) : "text/plain";
    }
}
