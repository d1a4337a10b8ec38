package io.camelback.camel.request;

import io.camelback.protocol.ClientCodec;

/**
 * A request on its way in.
 *
 * @param id what the caller is told it is called
 * @param endpointName the name of where it came in
 * @param chain what it shall be answered by
 * @param clientKey the id of the caller's key; null without keys
 * @param body as it came
 */
public record IdempotentRequest(
        String id, String endpointName, ClientCodec codec, String path, String chain, String clientKey, byte[] body) {}
