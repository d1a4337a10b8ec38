package io.camelback.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import java.util.List;
import java.util.Set;

/**
 * What a caller asks for that has no neutral form and that no other dialect has, although the answer is of no use without it:
 * a target of another dialect is passed over, not told half of it (docs/wire-formats.md 1, policy for untranslatable fields). All
 * else without a neutral form is a hint and left out.
 */
public final class Demands {
    /** The dialects that can ask for an image. */
    private static final Set<String> IMAGES = Set.of("openai", "gemini");

    private Demands() { }

    /**
     * To be called before a request is written from its neutral form.
     *
     * @param target the dialect it is written in; its own has all that was asked for
     * @throws Untranslatable naming what only the caller's own dialect has
     */
    public static void check(ChatRequest request, String target) {
        if (request.original() == null || target.equals(request.original().dialect())) {
            return;
        }
        List<String> modalities = Modalities.of(request);
        refuse(modalities.contains(Modalities.AUDIO), "audio output");
        refuse(modalities.contains(Modalities.IMAGE) && !IMAGES.contains(target), "image output");
        JsonNode body = request.original().body();
        boolean cached = request.original().dialect().equals("gemini")
                && Modalities.either(body, "cachedContent", "cached_content").isTextual();
        refuse(cached, "content that is cached at Google");
    }

    /**
     * What a deployment may refuse, in whichever dialect the request came: who asks for log probabilities or for an image can do
     * nothing with an answer without them.
     *
     * @throws Untranslatable naming what the target refuses
     */
    public static void check(ChatRequest request, Target target) {
        refuse(request.logprobs() != null && !target.takes(Refusal.LOGPROBS), "log probabilities");
        refuse(!target.takes(Refusal.IMAGE_OUTPUT) && Modalities.of(request).contains(Modalities.IMAGE), "image output");
    }

    private static void refuse(boolean asked, String feature) {
        if (asked) {
            throw new Untranslatable(feature);
        }
    }
}
