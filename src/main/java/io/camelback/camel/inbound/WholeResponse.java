package io.camelback.camel.inbound;

import io.camelback.memory.MemoryBudget;
import io.camelback.memory.MemoryLease;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** Writes a response whose body is whole, through Vert.x or through the exchange's message. */
final class WholeResponse {
    private WholeResponse() {}

    /**
     * Through Vert.x's response where there is one: a body of known length, and no copy of it.
     *
     * @param budget counts the body until the caller has taken it
     */
    static void send(
            Exchange exchange, int status, String type, byte[] body, Map<String, String> headers, MemoryBudget budget) {
        HttpServerResponse response = exchange.getProperty(ResponseProcessor.RESPONSE, HttpServerResponse.class);
        Message message = new DefaultMessage(exchange);
        exchange.setMessage(message);
        if (response != null) {
            headers.forEach(response::putHeader);
            MemoryLease waiting = budget.lease();
            waiting.hold(body.length);
            response.setStatusCode(status)
                    .putHeader("content-type", type)
                    .end(Buffer.buffer(body))
                    .onComplete(taken -> waiting.close());
            return;
        }
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(body);
    }
}
