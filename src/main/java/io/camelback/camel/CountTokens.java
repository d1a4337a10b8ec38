package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.Json;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.routing.TokenEstimate;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/** {@code POST /v1/messages/count_tokens}: an estimate, marked as one by the header {@code x-camelback-estimated}. */
final class CountTokens implements Processor {
    private final AnthropicDoor door = new AnthropicDoor();

    @Override
    public void process(Exchange exchange) {
        Message in = exchange.getMessage();
        String id = RequestIds.of(in.getHeader("x-request-id", String.class));
        exchange.setProperty(HttpReply.REQUEST_ID, id);
        exchange.setProperty(HttpReply.DOOR, door);
        ObjectNode body = AcceptChat.parse(AcceptChat.bytes(in.getBody()));
        ObjectNode whole = Json.object().put("max_tokens", 1);
        whole.setAll(body);
        ChatRequest request = door.readRequest(whole);
        Message message = new DefaultMessage(exchange);
        ReplyHeaders.of(id).forEach(message::setHeader);
        message.setHeader("x-camelback-estimated", "true");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(Json.bytes(Json.object().put("input_tokens", TokenEstimate.of(request)))));
        exchange.setMessage(message);
    }
}
