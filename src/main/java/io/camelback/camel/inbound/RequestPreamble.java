package io.camelback.camel.inbound;

import io.camelback.camel.request.RequestIds;
import io.camelback.clientkey.ClientKey;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What every HTTP endpoint does before it looks at a body: the request gets an id, the exchange knows the API format in
 * which to answer, whatever happens, and the caller shows a key.
 */
public final class RequestPreamble {
    private final ApiKeyAuthenticator authenticator;

    public RequestPreamble(ApiKeyAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * @param in the request as it came
     * @param codec the API format of answers and errors
     * @return the caller's key; empty where none is wanted
     * @throws InvalidRequestException when one is wanted and the caller has none
     */
    Optional<ClientKey> begin(Exchange exchange, Message in, ClientCodec codec) {
        exchange.setProperty(ResponseProcessor.REQUEST_ID, RequestIds.of(in.getHeader("x-request-id", String.class)));
        exchange.setProperty(ResponseProcessor.CODEC, codec);
        return authenticator.admit(in);
    }

    /** The id of a request that has begun; empty before. */
    static String requestId(Exchange exchange) {
        return exchange.getProperty(ResponseProcessor.REQUEST_ID, "", String.class);
    }
}
