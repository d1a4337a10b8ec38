package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.dialect.Door;
import io.camelback.key.ClientKey;
import io.camelback.observe.RequestLog;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Targets;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.DefaultMessage;

/**
 * The first step of a door: reads what it needs from the HTTP request and lets nothing else in. What follows sees a
 * request of our own, two variables, and not one inbound header.
 */
final class Accept implements Processor {
    /** The variable that names the route which shall answer, for {@code toD: direct:${variable.camelbackTarget}}. */
    static final String TARGET = "camelbackTarget";

    private static final String[] FORWARDED = {"anthropic-version", "anthropic-beta"};
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:; -]{1,2000}");

    private final Entrance entrance;
    private final Targets targets;
    private final CamelbackConfig config;
    private final RequestLog log;
    private final Vitals vitals;
    private final Calls calls;
    private final Doorkeeper doorkeeper;
    private final QuotaGate gate;
    private final Once once;
    private final Hops hops;
    private final OpenCalls open;

    Accept(Entrance entrance, Targets targets, CamelbackConfig config, RequestLog log, Vitals vitals, Calls calls,
            Doorkeeper doorkeeper, QuotaGate gate, Once once, Hops hops, OpenCalls open) {
        this.entrance = entrance;
        this.targets = targets;
        this.config = config;
        this.log = log;
        this.vitals = vitals;
        this.calls = calls;
        this.doorkeeper = doorkeeper;
        this.gate = gate;
        this.once = once;
        this.hops = hops;
        this.open = open;
    }

    @Override
    public void process(Exchange exchange) {
        Message in = exchange.getMessage();
        HttpServerResponse response = in instanceof HttpMessage http ? http.getResponse() : null;
        String id = RequestIds.of(in.getHeader("x-request-id", String.class));
        if (in instanceof HttpMessage http) {
            countHostile(http.getRequest().headers());
        }
        exchange.setProperty(HttpReply.RESPONSE, response);
        exchange.setProperty(HttpReply.CONNECTION, in instanceof HttpMessage http ? http.getRequest().connection() : null);
        exchange.setProperty(HttpReply.REQUEST_ID, id);
        Entrance.Url url = new Entrance.Url(in.getHeader(Exchange.HTTP_PATH, "", String.class),
                in.getHeader(Exchange.HTTP_QUERY, "", String.class));
        Door door = entrance.door(url);
        exchange.setProperty(HttpReply.DOOR, door);
        exchange.setProperty(HttpReply.VECTORS, (HttpReply.Vectors) (answer, request) -> entrance.vectors(answer, request, url));
        exchange.setMessage(new DefaultMessage(exchange));
        Optional<ClientKey> key = doorkeeper.admit(in);
        Call.Hints hints = RequestHints.of(in, forwarded(in), hops.enter(in));
        Map<String, String> labels = RequestHints.labels(in);
        byte[] body = RequestBody.bytes(exchange, in.getBody());

        Asked asked = entrance.read(RequestBody.parse(body), url).hinted(labels);
        String target = Doorkeeper.target(key, targets, asked.model());
        String clientKey = key.map(ClientKey::id).orElse(null);
        if (once.answered(exchange, in, new Once.Asking(id, entrance.name(), door, url.path(), target, clientKey, body))) {
            return;
        }
        Call call = calls.begin(id, asked, target, hints, clientKey);
        call.trace(log.traces().begin(in.getHeader("traceparent", String.class), in.getHeader("tracestate", String.class),
                asked instanceof Asked.Embeddings ? "embeddings" : "chat", target));
        exchange.setVariable(Call.VARIABLE, call);
        open.add(exchange, call);
        key.ifPresent(owner -> gate.enter(call, owner));
        if (response != null) {
            response.closeHandler(left -> call.cancel());
            if (response.closed()) {
                call.cancel();
            }
            boolean waits = !config.chain(target).exhausted().patience().isZero();
            if ((call.commit().holds() || waits) && call.request() != null && call.request().stream()) {
                keepAlive(exchange, call, response, door);
            }
        }
        exchange.setVariable(TARGET, target);
        exchange.getMessage().setBody(asked.request());
    }

    private void keepAlive(Exchange exchange, Call call, HttpServerResponse response, Door door) {
        Map<String, String> headers = ReplyHeaders.of(call, null, config, null);
        headers.remove("x-camelback-attempts");
        KeepAlive.start(exchange, response, door.streamType(), headers, door.comment("camelback is waiting for the whole answer"),
                config.server().heartbeat(), vitals);
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
