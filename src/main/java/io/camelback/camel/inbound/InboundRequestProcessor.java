package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.accounting.QuotaEnforcer;
import io.camelback.camel.chain.CallerFallbackReader;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.request.ActiveRequests;
import io.camelback.camel.request.IdempotentRequest;
import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.LoopDetector;
import io.camelback.camel.request.RequestBodyReader;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.RequestHints;
import io.camelback.camel.request.RequestOptions;
import io.camelback.clientkey.ClientKey;
import io.camelback.config.CamelbackConfig;
import io.camelback.protocol.ClientCodec;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.ModelResolver;
import io.camelback.telemetry.log.RequestLog;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.DefaultMessage;

/**
 * The first step of an HTTP endpoint: reads what it needs from the HTTP request. The steps that follow see a request of
 * our own and two variables, and no inbound header.
 */
public final class InboundRequestProcessor implements Processor {
    private static final String[] FORWARDED = {"anthropic-version", "anthropic-beta"};
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:; -]{1,2000}");

    private final InboundEndpoint endpoint;
    private final ModelResolver targets;
    private final CallerFallbackReader fallbacks;
    private final CamelbackConfig config;
    private final RequestLog log;
    private final GatewayRuntime runtime;
    private final RequestContextFactory contexts;
    private final RequestPreamble preamble;
    private final QuotaEnforcer quotas;
    private final IdempotencyFilter idempotency;
    private final LoopDetector loopDetector;
    private final ActiveRequests active;

    /** @param fallbacks reads what callers name beside their model; null where they can name one only */
    public InboundRequestProcessor(
            InboundEndpoint endpoint,
            ModelResolver targets,
            CallerFallbackReader fallbacks,
            CamelbackConfig config,
            RequestLog log,
            GatewayRuntime runtime,
            RequestContextFactory contexts,
            RequestPreamble preamble,
            QuotaEnforcer quotas,
            IdempotencyFilter idempotency,
            LoopDetector loopDetector,
            ActiveRequests active) {
        this.endpoint = endpoint;
        this.targets = targets;
        this.fallbacks = fallbacks;
        this.config = config;
        this.log = log;
        this.runtime = runtime;
        this.contexts = contexts;
        this.preamble = preamble;
        this.quotas = quotas;
        this.idempotency = idempotency;
        this.loopDetector = loopDetector;
        this.active = active;
    }

    @Override
    public void process(Exchange exchange) {
        Message in = exchange.getMessage();
        HttpServerResponse response = in instanceof HttpMessage http ? http.getResponse() : null;
        if (in instanceof HttpMessage http) {
            countHostile(http.getRequest().headers());
        }
        EndpointUrl url = EndpointUrl.of(in);
        ClientCodec codec = endpoint.codec().apply(url);
        exchange.setProperty(ResponseProcessor.RESPONSE, response);
        exchange.setProperty(
                ResponseProcessor.CONNECTION,
                in instanceof HttpMessage http ? http.getRequest().connection() : null);
        exchange.setProperty(ResponseProcessor.VECTORS, (ResponseProcessor.Vectors)
                (answer, request) -> endpoint.embeddings().write(answer, request, url));
        exchange.setMessage(new DefaultMessage(exchange));
        Optional<ClientKey> key = preamble.begin(exchange, in, codec);
        String id = RequestPreamble.requestId(exchange);
        RequestOptions hints = RequestHints.of(in, forwarded(in), loopDetector.enter(in));
        Map<String, String> labels = RequestHints.labels(in);
        byte[] body = RequestBodyReader.bytes(exchange, in.getBody());

        ObjectNode json = RequestBodyReader.parse(body);
        CallerFallbacks said = fallbacks == null
                ? CallerFallbacks.NONE
                : fallbacks.take(json, codec.name(), in.getHeader("anthropic-beta", String.class));
        InboundPayload asked = endpoint.reader().read(json, url).hinted(labels);
        String target = ApiKeyAuthenticator.target(key, targets, asked.model());
        CallerFallbacks.Resolved named = fallbacks == null
                ? new CallerFallbacks.Resolved(List.of(target), said.preferences())
                : fallbacks.resolve(said, target, name -> ApiKeyAuthenticator.target(key, targets, name));
        String clientKey = key.map(ClientKey::id).orElse(null);
        if (idempotency.replayIfKnown(
                exchange, in, new IdempotentRequest(id, endpoint.name(), codec, url.path(), target, clientKey, body))) {
            return;
        }
        RequestContext context =
                contexts.begin(id, asked, named, said.firstOnly() ? hints.firstOnly() : hints, clientKey);
        context.trace(log.traces()
                .begin(
                        in.getHeader("traceparent", String.class),
                        in.getHeader("tracestate", String.class),
                        asked instanceof InboundPayload.Embeddings ? "embeddings" : "chat",
                        target));
        exchange.setVariable(RequestContext.VARIABLE, context);
        active.add(exchange, context.lifecycle());
        key.ifPresent(owner -> quotas.enter(context, owner));
        if (response != null) {
            response.closeHandler(left -> context.lifecycle().cancel());
            if (response.closed()) {
                context.lifecycle().cancel();
            }
            boolean waits = !config.chain(target).exhausted().maxWait().isZero();
            if ((context.commit().holds() || waits)
                    && context.effectiveRequest() != null
                    && context.effectiveRequest().stream()) {
                keepAlive(exchange, context, response, codec);
            }
        }
        exchange.setVariable(RequestContext.TARGET, context.route());
        exchange.getMessage().setBody(asked.request());
    }

    private void keepAlive(Exchange exchange, RequestContext context, HttpServerResponse response, ClientCodec codec) {
        Map<String, String> headers = ResponseHeaders.of(context, null, config, null);
        headers.remove("x-camelback-attempts");
        SseHeartbeat.start(
                exchange,
                response,
                codec.streamType(),
                headers,
                codec.heartbeat(),
                config.server().heartbeat(),
                runtime);
    }

    /** Camel's own filter keeps them out already; that somebody sends them is worth a look. */
    private void countHostile(MultiMap headers) {
        int hostile = 0;
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (name.regionMatches(true, 0, "Camel", 0, 5) || name.regionMatches(true, 0, "org.apache.camel", 0, 16)) {
                hostile++;
            }
        }
        if (hostile > 0) {
            log.hostile(hostile);
        }
    }

    /** What a provider of the caller's own dialect gets to see of the caller's headers. */
    static Map<String, String> forwarded(Message in) {
        Map<String, String> headers = new HashMap<>();
        for (String name : FORWARDED) {
            String value = in.getHeader(name, String.class);
            if (value != null && PLAIN.matcher(value).matches()) {
                headers.put(name, value);
            }
        }
        return headers;
    }
}
