package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.DataUrl;
import java.util.List;

/**
 * {@code images} of an answer: OpenRouter's field, as OpenAI's own interface has none. Each is written as an image of a
 * request is.
 */
final class OpenAiAnswerImages {
    private OpenAiAnswerImages() {}

    static void read(JsonNode images, List<Part> parts) {
        images.forEach(image -> readOne(image, parts));
    }

    /** What cannot be read is passed over. */
    static void readOne(JsonNode image, List<Part> parts) {
        JsonNode given = image.path("image_url");
        String url = given.isTextual() ? given.textValue() : JsonNodes.text(given, "url");
        if (url == null) {
            return;
        }
        try {
            parts.add(new Part.Image(DataUrl.is(url) ? DataUrl.parse(url) : new Media.Url(url), null));
        } catch (IllegalArgumentException unreadable) {
            // No caller could show it either.
            return;
        }
    }

    /** Null for an image that is stored at another provider. */
    static ObjectNode write(Part.Image image) {
        String url = image.media() instanceof Media.Inline inline
                ? DataUrl.write(inline)
                : image.media() instanceof Media.Url address ? address.url() : null;
        if (url == null) {
            return null;
        }
        ObjectNode part = Json.object().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        return part;
    }
}
