package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.dialect.Json;
import io.camelback.key.ClientKey;
import io.camelback.routing.Targets;
import io.camelback.routing.TokenEstimate;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * How many tokens a request has: by the provider's own count, where the first link that would be asked has one and tells in
 * time; otherwise an estimate, marked as one by the header {@code x-camelback-estimated}. Nobody's health is judged by it, and
 * nothing is sent twice: whoever counts can do with an estimate.
 */
final class CountTokens {
    private static final String VARIABLE = "camelbackCount";
    /** The variable that names the Kamelet and its route which shall count; there is none when nobody can. */
    private static final String COUNTER = "camelbackCounter";
    private static final int MOST_BYTES = 1 << 16;

    private final Function<String, Optional<Deployment>> first;
    private final Doorkeeper doorkeeper;
    private final Targets targets;
    private final Hops hops;

    /** @param first the deployment that would be asked first for a model's name */
    CountTokens(Function<String, Optional<Deployment>> first, Doorkeeper doorkeeper, Targets targets,
            Hops hops) {
        this.first = first;
        this.doorkeeper = doorkeeper;
        this.targets = targets;
        this.hops = hops;
    }

    /** One request to count, on its way. */
    private static final class Count {
        private final CountDoor door;
        private final ChatRequest request;
        private final Deployment counter;
        private final Map<String, String> forwarded;
        private final String hops;
        private Long exact;

        Count(CountDoor door, ChatRequest request, Deployment counter, Map<String, String> forwarded,
                String hops) {
            this.door = door;
            this.request = request;
            this.counter = counter;
            this.forwarded = forwarded;
            this.hops = hops;
        }
    }

    Processor read(CountDoor door) {
        return exchange -> {
            Message in = exchange.getMessage();
            exchange.setProperty(HttpReply.REQUEST_ID, RequestIds.of(in.getHeader("x-request-id", String.class)));
            exchange.setProperty(HttpReply.DOOR, door.door());
            Optional<ClientKey> key = doorkeeper.admit(in);
            String through = hops.enter(in);
            ChatRequest request = door.read(RequestBody.parse(RequestBody.bytes(exchange, in.getBody())),
                    in.getHeader(Exchange.HTTP_PATH, "", String.class));
            if (key.filter(ClientKey::restricted).isPresent()) {
                Doorkeeper.target(key, targets, request.model());
            }
            Deployment counter = first.apply(request.model()).filter(one -> TokenCounter.of(one).isPresent()).orElse(null);
            exchange.setVariable(VARIABLE, new Count(door, request, counter, Accept.forwarded(in), through));
            exchange.setMessage(new DefaultMessage(exchange));
            if (counter != null) {
                String kamelet = TokenCounter.of(counter).orElseThrow().kamelet();
                exchange.setVariable(COUNTER, kamelet + "/" + TokenCounter.route(counter));
            }
        };
    }

    Processor send(TokenCounter counter) {
        return exchange -> {
            Count count = exchange.getVariable(VARIABLE, Count.class);
            if (counter.speaks(count.request)) {
                count.forwarded.forEach(exchange.getMessage()::setHeader);
            }
            exchange.getMessage().setHeader(Hops.HEADER, count.hops);
            counter.write(exchange.getMessage(), count.request, count.counter);
        };
    }

    Processor receive(TokenCounter counter) {
        return exchange -> {
            int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
            if (status != 200 || !(exchange.getMessage().getBody() instanceof InputStream stream)) {
                return;
            }
            JsonNode tokens = Json.read(stream.readNBytes(MOST_BYTES)).path(counter.told());
            if (tokens.canConvertToLong() && tokens.isIntegralNumber() && tokens.longValue() >= 0) {
                exchange.getVariable(VARIABLE, Count.class).exact = tokens.longValue();
            }
        };
    }

    Processor reply() {
        return exchange -> {
            Count count = exchange.getVariable(VARIABLE, Count.class);
            Message message = new DefaultMessage(exchange);
            ReplyHeaders.of(exchange.getProperty(HttpReply.REQUEST_ID, "", String.class)).forEach(message::setHeader);
            if (count.exact != null) {
                message.setHeader("x-camelback-model", count.counter.name());
            } else {
                message.setHeader("x-camelback-estimated", "true");
            }
            long tokens = count.exact != null ? count.exact : TokenEstimate.of(count.request);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(Buffer.buffer(Json.bytes(count.door.write(tokens))));
            exchange.setMessage(message);
        };
    }
}
