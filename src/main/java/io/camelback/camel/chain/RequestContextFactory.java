package io.camelback.camel.chain;

import io.camelback.camel.convert.BodyConverter;
import io.camelback.camel.convert.ChatBodyConverter;
import io.camelback.camel.convert.EmbeddingBodyConverter;
import io.camelback.camel.convert.JsonBodyConverter;
import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.RequestIds;
import io.camelback.camel.request.RequestLeases;
import io.camelback.camel.request.RequestOptions;
import io.camelback.chat.ChatRequest;
import io.camelback.classification.ComplexityScorer;
import io.camelback.config.CamelbackConfig;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.ProviderPreferences;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Begins requests: at an HTTP endpoint, at {@code direct:chat}, or in a chain that a host's route calls by name. */
public final class RequestContextFactory {
    /**
     * The variable that holds the body with which a Kamelet was asked that stands in a route of the host's, outside of
     * all chains.
     */
    public static final String ASKED = "camelbackAsked";

    private final ComplexityScorer scorer;
    private final CamelbackConfig config;
    private final FallbackPlanner planner;
    private final LongSupplier nanoTime;

    public RequestContextFactory(
            ComplexityScorer scorer, CamelbackConfig config, FallbackPlanner planner, LongSupplier nanoTime) {
        this.scorer = scorer;
        this.config = config;
        this.planner = planner;
        this.nanoTime = nanoTime;
    }

    /**
     * @param target the chain or deployment that was asked
     * @param hints where they do not say from when on a stream is one model's, the chain does
     * @param key the id of the caller's key; null without one
     */
    public RequestContext begin(String id, InboundPayload asked, String target, RequestOptions hints, String key) {
        return begin(id, asked, new CallerFallbacks.Resolved(List.of(target), ProviderPreferences.NONE), hints, key);
    }

    /**
     * The same for a caller that has named several.
     *
     * @param named the first of them is the one that was asked, whose settings hold
     */
    public RequestContext begin(
            String id, InboundPayload asked, CallerFallbacks.Resolved named, RequestOptions hints, String key) {
        String target = named.targets().get(0);
        ChatRequest request = asked instanceof InboundPayload.Chat chat ? chat.request() : null;
        RequestOptions full = hints.commit(config.chain(target).commit(request, hints.commit()));
        RequestContext context = new RequestContext(id, asked, target, full, scorer, nanoTime);
        context.degradation().refused(config.chain(target).exhausted().waitsForRecovery());
        context.clientKey(key);
        if (named.isPlain()) {
            planner.plan(context);
        } else {
            planner.plan(context, named);
        }
        return context;
    }

    /**
     * Whether the exchange has come through an HTTP endpoint, {@code direct:chat} or a chain, or still has the message
     * that a Kamelet outside of them was asked with. If not, whatever call it holds is over: the next message is a new
     * question.
     */
    public static boolean isUnderWay(Exchange exchange) {
        Object asked = exchange.getVariable(ASKED);
        return RequestContext.of(exchange) != null
                && (asked == null || asked == exchange.getMessage().getBody());
    }

    /**
     * The call an exchange belongs to; it begins here when no other is under way. @param embeds whether vectors are
     * wanted
     */
    public RequestContext of(Exchange exchange, boolean embeds) {
        if (isUnderWay(exchange)) {
            return RequestContext.of(exchange);
        }
        Object body = exchange.getMessage().getBody();
        BodyConverter bodies = embeds ? new EmbeddingBodyConverter() : new ChatBodyConverter();
        InboundPayload asked = bodies.toPayload(JsonBodyConverter.known(exchange, body));
        RequestContext context =
                new RequestContext(RequestIds.of(null), asked, null, RequestOptions.NONE, scorer, nanoTime);
        exchange.setVariable(RequestContext.VARIABLE, context);
        exchange.setVariable(ASKED, body);
        RequestLeases leases = context.lifecycle().leases();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                leases.close();
            }
        });
        return context;
    }
}
