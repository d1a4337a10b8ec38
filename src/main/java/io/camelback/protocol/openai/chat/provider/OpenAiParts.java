package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.support.DataUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes the content of a message (docs/wire-formats.md 1.3). */
final class OpenAiParts {
    private OpenAiParts() {}

    /**
     * A string where all is text, since not every server reads arrays; null when there is nothing to say.
     *
     * @param marks whether the server knows what a cache mark is
     */
    static JsonNode content(List<Part> parts, boolean marks) {
        if (parts.size() == 1 && parts.get(0) instanceof Part.Text only) {
            return only.text().isEmpty() ? null : Json.of(only.text());
        }
        ArrayNode array = array(parts, marks);
        boolean onlyText = true;
        for (JsonNode part : array) {
            onlyText &= part.path("type").asText().equals("text") && part.size() == 2;
        }
        if (array.isEmpty()) {
            return null;
        }
        return onlyText ? Json.of(String.join("\n\n", array.findValuesAsText("text"))) : array;
    }

    /** @throws UnsupportedFeatureException for a part that this dialect has no form for */
    private static ArrayNode array(List<Part> parts, boolean marks) {
        ArrayNode array = JsonNodes.array();
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                if (!text.text().isEmpty()) {
                    array.add(text(text.text()));
                }
            } else if (part instanceof Part.Refusal refusal) {
                array.add(text(refusal.text()));
            } else if (part instanceof Part.Image image) {
                array.add(image(image));
            } else if (part instanceof Part.Document document) {
                array.add(document(document));
            } else if (part instanceof Part.Audio audio) {
                array.add(audio(audio));
            } else if (part instanceof Part.CacheMark mark && marks) {
                OpenAiCacheMarks.mark(array, mark);
            }
        }
        return array;
    }

    static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private static ObjectNode image(Part.Image image) {
        String url;
        if (image.media() instanceof Media.Inline inline) {
            url = DataUrl.write(inline);
        } else if (image.media() instanceof Media.Url address) {
            url = address.url();
        } else {
            throw new UnsupportedFeatureException("an image stored at a provider");
        }
        ObjectNode part = Json.object().put("type", "image_url");
        ObjectNode node = part.putObject("image_url").put("url", url);
        if (image.detail() != null) {
            node.put("detail", image.detail());
        }
        return part;
    }

    private static ObjectNode document(Part.Document document) {
        ObjectNode part = Json.object().put("type", "file");
        ObjectNode file = Json.object();
        if (document.media() instanceof Media.Inline inline) {
            if (inline.mediaType().startsWith("text/")) {
                return text((document.name() == null ? "" : document.name() + ":\n") + decoded(inline));
            }
            if (inline.mediaType().startsWith("video/")) {
                throw new UnsupportedFeatureException("video");
            }
            file.put("filename", document.name() == null ? "document" : document.name())
                    .put("file_data", DataUrl.write(inline));
        } else if (document.media() instanceof Media.FileId id && id.dialect().equals(ProtocolNames.OPENAI)) {
            file.put("file_id", id.id());
        } else {
            throw new UnsupportedFeatureException(
                    document.media() instanceof Media.Url ? "a document by URL" : "a file stored at a provider");
        }
        part.set("file", file);
        return part;
    }

    private static String decoded(Media.Inline text) {
        return new String(Base64.getDecoder().decode(text.data()), StandardCharsets.UTF_8);
    }

    private static ObjectNode audio(Part.Audio audio) {
        if (!(audio.media() instanceof Media.Inline inline)) {
            throw new UnsupportedFeatureException("audio that is not inline");
        }
        ObjectNode part = Json.object().put("type", "input_audio");
        part.putObject("input_audio").put("data", inline.data()).put("format", audio.format());
        return part;
    }
}
