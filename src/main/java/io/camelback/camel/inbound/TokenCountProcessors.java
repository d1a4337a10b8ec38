package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.LoopDetector;
import io.camelback.camel.request.RequestBodyReader;
import io.camelback.chat.ChatRequest;
import io.camelback.clientkey.ClientKey;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.routing.ModelResolver;
import io.camelback.tokens.TokenEstimate;
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
 * How many tokens a request has: by the provider's own count, where the first link that would be asked has one and
 * tells in time; otherwise an estimate, marked as one by the header {@code x-camelback-estimated}. Nobody's health is
 * judged by it, and nothing is sent twice: whoever counts can do with an estimate.
 */
public final class TokenCountProcessors {
    private static final String VARIABLE = "camelbackCount";
    /** The variable that names the Kamelet and its route which shall count; there is none when nobody can. */
    private static final String COUNTER = "camelbackCounter";

    private static final int MOST_BYTES = 1 << 16;

    private final Function<String, Optional<Deployment>> first;
    private final RequestPreamble preamble;
    private final ModelResolver targets;
    private final LoopDetector loopDetector;

    /** @param first the deployment that would be asked first for a model's name */
    public TokenCountProcessors(
            Function<String, Optional<Deployment>> first,
            RequestPreamble preamble,
            ModelResolver targets,
            LoopDetector loopDetector) {
        this.first = first;
        this.preamble = preamble;
        this.targets = targets;
        this.loopDetector = loopDetector;
    }

    /** One request to count, on its way. */
    private static final class Count {
        private final InboundEndpoint endpoint;
        private final ChatRequest request;
        private final Deployment counter;
        private final Map<String, String> forwarded;
        private final String hops;
        private Long exact;

        Count(
                InboundEndpoint endpoint,
                ChatRequest request,
                Deployment counter,
                Map<String, String> forwarded,
                String hops) {
            this.endpoint = endpoint;
            this.request = request;
            this.counter = counter;
            this.forwarded = forwarded;
            this.hops = hops;
        }
    }

    public Processor read(InboundEndpoint endpoint) {
        return exchange -> {
            Message in = exchange.getMessage();
            EndpointUrl url = EndpointUrl.of(in);
            Optional<ClientKey> key =
                    preamble.begin(exchange, in, endpoint.codec().apply(url));
            String through = loopDetector.enter(in);
            ChatRequest request = chat(endpoint.reader()
                    .read(RequestBodyReader.parse(RequestBodyReader.bytes(exchange, in.getBody())), url));
            if (key.filter(ClientKey::restricted).isPresent()) {
                ApiKeyAuthenticator.target(key, targets, request.model());
            }
            Deployment counter = first.apply(request.model())
                    .filter(one -> ProviderTokenCounter.of(one).isPresent())
                    .orElse(null);
            exchange.setVariable(
                    VARIABLE, new Count(endpoint, request, counter, InboundRequestProcessor.forwarded(in), through));
            exchange.setMessage(new DefaultMessage(exchange));
            if (counter != null) {
                String kamelet = ProviderTokenCounter.of(counter).orElseThrow().kamelet();
                exchange.setVariable(COUNTER, kamelet + "/" + ProviderTokenCounter.route(counter));
            }
        };
    }

    private static ChatRequest chat(InboundPayload payload) {
        if (payload instanceof InboundPayload.Chat chat) {
            return chat.request();
        }
        throw new IllegalStateException("Only tokens of conversations are counted");
    }

    public Processor send(ProviderTokenCounter counter) {
        return exchange -> {
            Count count = exchange.getVariable(VARIABLE, Count.class);
            if (counter.speaks(count.request)) {
                count.forwarded.forEach(exchange.getMessage()::setHeader);
            }
            exchange.getMessage().setHeader(LoopDetector.HEADER, count.hops);
            counter.write(exchange.getMessage(), count.request, count.counter);
        };
    }

    public Processor receive(ProviderTokenCounter counter) {
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

    public Processor respond() {
        return exchange -> {
            Count count = exchange.getVariable(VARIABLE, Count.class);
            Message message = new DefaultMessage(exchange);
            ResponseHeaders.of(RequestPreamble.requestId(exchange)).forEach(message::setHeader);
            if (count.exact != null) {
                message.setHeader("x-camelback-model", count.counter.name());
            } else {
                message.setHeader("x-camelback-estimated", "true");
            }
            long tokens = count.exact != null ? count.exact : TokenEstimate.of(count.request);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(Buffer.buffer(Json.bytes(count.endpoint.tokenCount().apply(tokens))));
            exchange.setMessage(message);
        };
    }
}
