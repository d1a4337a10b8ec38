package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.DataUrl;

/** An image that the model has made: {@code image_generation_call}, whose result is its base64. */
public final class GeneratedImageItem {
    static final String TYPE = "image_generation_call";
    /** How ids of such items begin that were made here, and that no provider knows. */
    public static final String MADE = "ig_cb";

    private GeneratedImageItem() {}

    /** Null for any other item, and for an image that is not there. */
    public static Part.Image read(JsonNode item) {
        String result = JsonNodes.text(item, "result");
        if (!item.path("type").asText().equals(TYPE) || result == null) {
            return null;
        }
        String format = JsonNodes.text(item, "output_format");
        return new Part.Image(
                new Media.Inline(format == null ? DataUrl.sniff(result) : "image/" + format, result), null);
    }

    /** Null for an image that is not at hand. */
    public static ObjectNode write(Part.Image image, String id) {
        if (!(image.media() instanceof Media.Inline inline)) {
            return null;
        }
        return Json.object()
                .put("id", id)
                .put("type", TYPE)
                .put("status", OutputItem.COMPLETED)
                .put("output_format", inline.mediaType().replaceFirst("^image/", ""))
                .put("result", inline.data());
    }
}
