package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Images and documents. */
final class AnthropicMedia {
    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private final ProviderModel target;

    AnthropicMedia(ProviderModel target) {
        this.target = target;
    }

    ObjectNode image(Part.Image image) {
        if (!target.supports(UnsupportedParameter.IMAGES)) {
            throw new UnsupportedFeatureException("images");
        }
        ObjectNode block = Json.object().put("type", "image");
        block.set(
                "source",
                image.media() instanceof Media.Inline inline ? inlineImage(inline) : reference(image.media()));
        return block;
    }

    ObjectNode document(Part.Document document) {
        ObjectNode block = Json.object().put("type", "document");
        block.set(
                "source",
                document.media() instanceof Media.Inline inline ? inlineDocument(inline) : reference(document.media()));
        if (document.name() != null && !document.name().isBlank()) {
            block.put("title", document.name());
        }
        return block;
    }

    private static ObjectNode inlineImage(Media.Inline inline) {
        String type = type(inline).equals("image/jpg") ? "image/jpeg" : type(inline);
        if (!IMAGES.contains(type)) {
            throw new UnsupportedFeatureException("image of type " + type);
        }
        return base64(type, inline.data());
    }

    private static ObjectNode inlineDocument(Media.Inline inline) {
        String type = type(inline);
        if (type.equals("application/pdf")) {
            return base64(type, inline.data());
        }
        if (type.startsWith("text/") || type.equals("application/json")) {
            return Json.object()
                    .put("type", "text")
                    .put("media_type", "text/plain")
                    .put("data", decoded(inline.data()));
        }
        throw new UnsupportedFeatureException("document of type " + type);
    }

    private static ObjectNode base64(String type, String data) {
        return Json.object().put("type", "base64").put("media_type", type).put("data", data);
    }

    private static String decoded(String data) {
        try {
            return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new UnsupportedFeatureException("document that is not base64");
        }
    }

    private static ObjectNode reference(Media media) {
        if (media instanceof Media.Url link) {
            return Json.object().put("type", "url").put("url", link.url());
        }
        Media.FileId file = (Media.FileId) media;
        if (!ProtocolNames.ANTHROPIC.equals(file.dialect())) {
            throw new UnsupportedFeatureException("file stored at another provider");
        }
        return Json.object().put("type", "file").put("file_id", file.id());
    }

    /** Without parameters: {@code text/plain; charset=utf-8} is {@code text/plain}. */
    private static String type(Media.Inline inline) {
        String type = inline.mediaType() == null ? "" : inline.mediaType();
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }
}
