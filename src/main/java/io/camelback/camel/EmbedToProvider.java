package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.Deployment;
import io.camelback.dialect.Json;
import io.camelback.embed.EmbedRequest;
import io.camelback.http.CallEntity;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** A Kamelet's first move for embeddings: the caller's inputs in the provider's words, or as many as it takes at once. */
final class EmbedToProvider implements Processor {
    private final EmbedDialect dialect;

    EmbedToProvider(EmbedDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public void process(Exchange exchange) {
        LiveAttempt attempt = LiveAttempt.of(exchange);
        Deployment deployment = attempt.deployment();
        EmbedRequest part = dialect.part(attempt);
        ObjectNode body = dialect.writer().write(part, ToProvider.target(deployment));
        Message message = exchange.getMessage();
        message.setBody(new CallEntity(Json.bytes(body), attempt.upstream()));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        dialect.addressing().apply(message, deployment, false);
        attempt.sending();
    }
}
