package io.camelback.camel.inbound;

import io.camelback.chat.GatewayError;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * What OpenAI's Responses offer around answers that the provider has stored. Camelback stores none, and one provider's
 * would be of no use to the next: it says what to do instead.
 */
public final class StoredResponsesUnsupportedProcessor implements Processor {
    private static final String STORED = "This gateway keeps no responses. Send the whole conversation in input, with"
            + " \"store\": false, and keep the answers yourself; to cancel an answer, close the connection.";

    private final RequestPreamble preamble;

    public StoredResponsesUnsupportedProcessor(RequestPreamble preamble) {
        this.preamble = preamble;
    }

    @Override
    public void process(Exchange exchange) {
        preamble.begin(exchange, exchange.getMessage(), new OpenAiResponsesClientCodec());
        throw new InvalidRequestException(GatewayError.of(404, "not_supported", STORED));
    }
}
