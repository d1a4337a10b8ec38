package io.camelback.routing;

import io.camelback.chat.ChatRequest;
import io.camelback.tokens.SampledTokenEstimate;

/**
 * The facts of a request that decide which deployments can take it.
 *
 * @param length null when vectors are wanted
 * @param maxOutput how many tokens the caller allows for the answer; null when not said
 * @param noFallback whether only the first link may be asked
 */
public record RequestProfile(
        RequiredCapabilities needs, SampledTokenEstimate length, Integer maxOutput, boolean noFallback) {

    /** @param request null when vectors are wanted */
    public static RequestProfile of(ChatRequest request, boolean noFallback) {
        return request == null
                ? new RequestProfile(RequiredCapabilities.NOTHING, null, null, noFallback)
                : new RequestProfile(
                        RequiredCapabilities.of(request),
                        SampledTokenEstimate.of(request),
                        request.maxOutputTokens(),
                        noFallback);
    }
}
