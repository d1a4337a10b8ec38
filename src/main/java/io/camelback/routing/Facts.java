package io.camelback.routing;

import io.camelback.chat.ChatRequest;

/**
 * What is to be known of a request to say who can take it.
 *
 * @param length     null when vectors are wanted
 * @param maxOutput  how many tokens the caller allows for the answer; null when not said
 * @param noFallback whether only the first link may be asked
 */
public record Facts(Needs needs, RequestLength length, Integer maxOutput, boolean noFallback) {

    /** @param request null when vectors are wanted */
    public static Facts of(ChatRequest request, boolean noFallback) {
        return request == null ? new Facts(Needs.NOTHING, null, null, noFallback)
                : new Facts(Needs.of(request), RequestLength.of(request), request.maxOutputTokens(), noFallback);
    }
}
