package io.camelback.upstream;

/**
 * Limits on the size of a provider's response.
 *
 * @param errorBody of an error's body, in bytes; what follows is not read
 * @param unpacked what comes out of a compressed body, in bytes
 * @param headers how many headers it may have
 * @param header one line of its head, in bytes
 */
public record ResponseLimits(int errorBody, int unpacked, int headers, int header) {
    public static final ResponseLimits USUAL = new ResponseLimits(64 << 10, 64 << 20, 200, 16 << 10);
}
