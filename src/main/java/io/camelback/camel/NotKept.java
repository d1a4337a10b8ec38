package io.camelback.camel;

import io.camelback.chat.GatewayError;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.responses.ResponsesDoor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * What OpenAI's Responses offer around answers that the provider has stored. Camelback stores none, and one provider's would be
 * of no use to the next: it says what to do instead.
 */
final class NotKept implements Processor {
    private static final String COMPACT = "This gateway does not compact conversations, for what one provider has compacted"
            + " no other can read. Ask a model for a summary, with POST /v1/responses, and go on from there.";
    private static final String STORED = "This gateway keeps no responses. Send the whole conversation in input, with"
            + " \"store\": false, and keep the answers yourself; to cancel an answer, close the connection.";

    private final Doorkeeper doorkeeper;

    NotKept(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void process(Exchange exchange) {
        String id = RequestIds.of(exchange.getMessage().getHeader("x-request-id", String.class));
        String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
        exchange.setProperty(HttpReply.REQUEST_ID, id);
        exchange.setProperty(HttpReply.DOOR, new ResponsesDoor());
        doorkeeper.admit(exchange.getMessage());
        throw new InvalidRequest(GatewayError.of(404, "not_supported", path.endsWith("/compact") ? COMPACT : STORED));
    }
}
