package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.Alias;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.dialect.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/** {@code GET /v1/models}: every name a caller may use, and what it stands for. */
final class ListModels implements Processor {
    private final CamelbackConfig config;
    private final Collection<String> chains;
    private final long since;

    /** @param since when this version of the bundle came into force, Unix time in seconds */
    ListModels(CamelbackConfig config, Collection<String> chains, long since) {
        this.config = config;
        this.chains = chains;
        this.since = since;
    }

    @Override
    public void process(Exchange exchange) {
        String id = RequestIds.of(exchange.getMessage().getHeader("x-request-id", String.class));
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (String chain : chains) {
            model(data, chain, "chain");
        }
        for (Deployment deployment : config.deployments().values()) {
            model(data, deployment.name(), "deployment").put("provider", deployment.provider().name())
                    .put("provider_model", deployment.model()).put("usable", deployment.usable());
        }
        for (Alias alias : config.aliases()) {
            model(data, alias.pattern(), "alias").put("target", alias.target());
        }
        Message message = new DefaultMessage(exchange);
        ReplyHeaders.of(id).forEach(message::setHeader);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(Json.bytes(list)));
        exchange.setMessage(message);
    }

    private ObjectNode model(ArrayNode data, String id, String kind) {
        return data.addObject().put("id", id).put("object", "model").put("created", since).put("owned_by", "camelback")
                .put("kind", kind);
    }
}
