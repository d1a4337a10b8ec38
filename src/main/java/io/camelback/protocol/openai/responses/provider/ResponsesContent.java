package io.camelback.protocol.openai.responses.provider;

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

/** Writes the content of an item (docs/wire-formats.md 1.3). Empty text is left out. */
final class ResponsesContent {
    private ResponsesContent() {}

    /** @throws UnsupportedFeatureException for a part that this dialect has no form for */
    static ArrayNode input(List<Part> parts) {
        ArrayNode array = JsonNodes.array();
        for (Part part : parts) {
            if (part instanceof Part.Text text && !text.text().isEmpty()) {
                array.add(text(text.text()));
            } else if (part instanceof Part.Refusal refusal) {
                array.add(text(refusal.text()));
            } else if (part instanceof Part.Image image) {
                array.add(image(image));
            } else if (part instanceof Part.Document document) {
                array.add(document(document));
            } else if (part instanceof Part.Audio) {
                throw new UnsupportedFeatureException("audio input");
            }
        }
        return array;
    }

    /**
     * What the assistant said. A string where all is text: servers that check the schema refuse a part of text without
     * the fields that only an answer has.
     *
     * @param said texts and refusals, at least one
     * @param refusals whether the server knows them; else they are text
     * @see <a href="https://github.com/anomalyco/opencode/issues/42613">opencode, on such a server</a>
     */
    static JsonNode output(List<Part> said, boolean refusals) {
        if (!refusals || !Part.any(said, Part.Refusal.class)) {
            StringBuilder words = new StringBuilder();
            said.forEach(part -> words.append(words(part)));
            return Json.of(words.toString());
        }
        ArrayNode array = JsonNodes.array();
        for (Part part : said) {
            ObjectNode node = array.addObject();
            if (part instanceof Part.Refusal) {
                node.put("type", "refusal").put("refusal", words(part));
            } else {
                node.put("type", "output_text").put("text", words(part)).putArray("annotations");
            }
        }
        return array;
    }

    /** Empty for what only a user can show. */
    static String words(Part part) {
        if (part instanceof Part.Text text) {
            return text.text();
        }
        return part instanceof Part.Refusal refusal ? refusal.text() : "";
    }

    static ObjectNode text(String text) {
        return Json.object().put("type", "input_text").put("text", text);
    }

    private static ObjectNode image(Part.Image image) {
        ObjectNode part = Json.object().put("type", "input_image");
        if (image.media() instanceof Media.Inline inline) {
            part.put("image_url", DataUrl.write(inline));
        } else if (image.media() instanceof Media.Url address) {
            part.put("image_url", address.url());
        } else if (image.media() instanceof Media.FileId id) {
            part.put("file_id", openAi(id));
        }
        return part.put("detail", image.detail() == null ? "auto" : image.detail());
    }

    private static ObjectNode document(Part.Document document) {
        ObjectNode part = Json.object().put("type", "input_file");
        if (document.media() instanceof Media.Url address) {
            return part.put("file_url", address.url());
        }
        if (document.media() instanceof Media.FileId id) {
            return part.put("file_id", openAi(id));
        }
        Media.Inline inline = (Media.Inline) document.media();
        if (inline.mediaType().startsWith("text/")) {
            String decoded = new String(Base64.getDecoder().decode(inline.data()), StandardCharsets.UTF_8);
            return text((document.name() == null ? "" : document.name() + ":\n") + decoded);
        }
        if (inline.mediaType().startsWith("video/")) {
            throw new UnsupportedFeatureException("video");
        }
        return part.put("filename", document.name() == null ? "document" : document.name())
                .put("file_data", DataUrl.write(inline));
    }

    private static String openAi(Media.FileId id) {
        if (!id.dialect().equals(ProtocolNames.OPENAI)) {
            throw new UnsupportedFeatureException("a file stored at a provider");
        }
        return id.id();
    }
}
