package io.camelback.camel.kamelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.config.Deployment;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.json.Json;
import io.camelback.upstream.UpstreamCallEntity;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * A Kamelet's first move for embeddings: the caller's inputs in the provider's words, or as many as it takes at once.
 */
public final class EmbeddingRequestProcessor implements Processor {
    private final EmbeddingProviderCodec dialect;

    public EmbeddingRequestProcessor(EmbeddingProviderCodec dialect) {
        this.dialect = dialect;
    }

    @Override
    public void process(Exchange exchange) {
        ProviderAttempt attempt = ProviderAttempt.of(exchange);
        Deployment deployment = attempt.deployment();
        EmbeddingRequest part = dialect.part(attempt);
        ObjectNode body = dialect.writer().write(part, ChatRequestProcessor.target(deployment));
        Message message = exchange.getMessage();
        message.setBody(new UpstreamCallEntity(Json.bytes(body), attempt.upstream()));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        dialect.addressing().apply(message, deployment, false);
        attempt.sending();
    }
}
