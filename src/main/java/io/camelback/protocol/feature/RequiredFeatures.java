package io.camelback.protocol.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.support.OutputModalities;
import java.util.List;
import java.util.Set;

/**
 * What a caller asks for that has no neutral form and that no other dialect has, although the answer is of no use
 * without it: a target of another dialect is passed over, not told half of it (docs/wire-formats.md 1, policy for
 * untranslatable fields). All else without a neutral form is a hint and left out.
 */
public final class RequiredFeatures {
    /** The dialects that can ask for an image. */
    private static final Set<String> IMAGES = Set.of("openai", "gemini");

    private RequiredFeatures() {}

    /**
     * To be called before a request is written from its neutral form.
     *
     * @param target the dialect it is written in; its own has all that was asked for
     * @throws UnsupportedFeatureException naming what only the caller's own dialect has
     */
    public static void check(ChatRequest request, String target) {
        if (request.original() == null || target.equals(request.original().dialect())) {
            return;
        }
        List<String> modalities = OutputModalities.of(request);
        refuse(modalities.contains(OutputModalities.AUDIO), "audio output");
        refuse(modalities.contains(OutputModalities.IMAGE) && !IMAGES.contains(target), "image output");
        JsonNode body = request.original().body();
        boolean cached = request.original().dialect().equals("gemini")
                && OutputModalities.either(body, "cachedContent", "cached_content")
                        .isTextual();
        refuse(cached, "content that is cached at Google");
        request.messages().forEach(message -> message.parts().forEach(RequiredFeatures::refuseOpaque));
    }

    /** What only the caller's own format has a word for, and the answer depends on. */
    private static void refuseOpaque(Part part) {
        if (part instanceof Part.Opaque opaque) {
            throw new UnsupportedFeatureException(
                    "content of type " + opaque.node().path("type").asText());
        }
        if (part instanceof Part.ToolResult result) {
            result.content().forEach(RequiredFeatures::refuseOpaque);
        }
    }

    /**
     * What a deployment may refuse, in whichever dialect the request came: who asks for log probabilities or for an
     * image can do nothing with an answer without them.
     *
     * @throws UnsupportedFeatureException naming what the target refuses
     */
    public static void check(ChatRequest request, ProviderModel target) {
        refuse(request.logprobs() != null && !target.supports(UnsupportedParameter.LOGPROBS), "log probabilities");
        refuse(
                !target.supports(UnsupportedParameter.IMAGE_OUTPUT)
                        && OutputModalities.of(request).contains(OutputModalities.IMAGE),
                "image output");
    }

    private static void refuse(boolean asked, String feature) {
        if (asked) {
            throw new UnsupportedFeatureException(feature);
        }
    }
}
