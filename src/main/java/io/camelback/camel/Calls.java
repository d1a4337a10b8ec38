package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.routing.ComplexityScorer;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Where calls begin: at a door, at {@code direct:chat}, or in a chain that a route of the host's calls by its name. */
final class Calls {
    /** The variable that holds the body with which a Kamelet was asked that stands in a route of the host's, outside of all chains. */
    static final String ASKED = "camelbackAsked";

    private final ComplexityScorer scorer;
    private final CamelbackConfig config;
    private final Planning planning;
    private final LongSupplier nanoTime;

    Calls(ComplexityScorer scorer, CamelbackConfig config, Planning planning, LongSupplier nanoTime) {
        this.scorer = scorer;
        this.config = config;
        this.planning = planning;
        this.nanoTime = nanoTime;
    }

    /**
     * @param target the chain or deployment that was asked
     * @param hints  where they do not say from when on a stream is one model's, the chain does
     * @param key    the id of the caller's key; null without one
     */
    Call begin(String id, Asked asked, String target, Call.Hints hints, String key) {
        ChatRequest request = asked instanceof Asked.Chat chat ? chat.request() : null;
        Call.Hints full = hints.commit(config.chain(target).commit(request, hints.commit()));
        Call call = new Call(id, asked, target, full, nanoTime).judgedBy(scorer);
        call.secondBest().refused(config.chain(target).exhausted().holdsOut());
        call.clientKey(key);
        planning.plan(call);
        return call;
    }

    /**
     * Whether the exchange has come through a door, {@code direct:chat} or a chain, or still has the message that a Kamelet outside
     * of them was asked with. If not, whatever call it holds is over: the next message is a new question.
     */
    static boolean isUnderWay(Exchange exchange) {
        Object asked = exchange.getVariable(ASKED);
        return Call.of(exchange) != null && (asked == null || asked == exchange.getMessage().getBody());
    }

    /** The call an exchange belongs to; it begins here when no other is under way. @param embeds whether vectors are wanted */
    Call of(Exchange exchange, boolean embeds) {
        if (isUnderWay(exchange)) {
            return Call.of(exchange);
        }
        Object body = exchange.getMessage().getBody();
        Direct.Bodies bodies = embeds ? new EmbedBodies() : new ChatBodies();
        Asked asked = bodies.asked(JsonBodies.known(exchange, body));
        Call call = new Call(RequestIds.of(null), asked, null, Call.Hints.NONE, nanoTime).judgedBy(scorer);
        exchange.setVariable(Call.VARIABLE, call);
        exchange.setVariable(ASKED, body);
        Leases leases = call.leases();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                leases.close();
            }
        });
        return call;
    }
}
