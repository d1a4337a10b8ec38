package io.camelback.camel.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.accounting.BudgetEnforcer;
import io.camelback.camel.chain.CallerFallbackReader;
import io.camelback.camel.chain.DeadlineAllocator;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.request.ExplainResponseWriter;
import io.camelback.camel.request.InboundPayload;
import io.camelback.camel.request.RequestBodyReader;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.RequestOptions;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import io.camelback.report.RequestLookup;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.ModelResolver;
import io.camelback.telemetry.record.RecentRequests;
import io.camelback.upstream.AttemptDeadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what a request would come to, or what one that is done has come to beside what was planned for it. Asks nobody.
 */
public final class RouteExplainer {
    private static final Map<String, ClientCodec> CODECS = codecs();

    private final ModelResolver targets;
    private final CallerFallbackReader fallbacks;
    private final RequestContextFactory contexts;
    private final DeadlineAllocator deadlines;
    private final BudgetEnforcer budgets;

    public RouteExplainer(
            ModelResolver targets,
            CallerFallbackReader fallbacks,
            RequestContextFactory contexts,
            DeadlineAllocator deadlines,
            BudgetEnforcer budgets) {
        this.targets = targets;
        this.fallbacks = fallbacks;
        this.contexts = contexts;
        this.deadlines = deadlines;
        this.budgets = budgets;
    }

    private static Map<String, ClientCodec> codecs() {
        Map<String, ClientCodec> codecs = new LinkedHashMap<>();
        for (ClientCodec codec :
                List.of(new OpenAiChatClientCodec(), new AnthropicClientCodec(), new OpenAiResponsesClientCodec())) {
            codecs.put(codec.name(), codec);
        }
        return codecs;
    }

    /**
     * @param body a request as callers send it
     * @param endpoint the API format it is written in; null for OpenAI's Chat Completions
     * @throws InvalidRequestException when it is none, or its model does not exist
     */
    public ObjectNode before(byte[] body, String endpoint) {
        ClientCodec reader = CODECS.get(endpoint == null ? "openai" : endpoint);
        if (reader == null) {
            throw new InvalidRequestException(
                    "endpoint", "`endpoint` must be one of " + String.join(", ", CODECS.keySet()) + ".");
        }
        ObjectNode json = RequestBodyReader.parse(body);
        CallerFallbacks said = fallbacks.take(json, reader.name(), null);
        ChatRequest request = reader.readRequest(json);
        RequestContext context = contexts.begin(
                "explain",
                new InboundPayload.Chat(request),
                fallbacks.resolve(said, targets.require(request.model()), targets::require),
                said.firstOnly() ? RequestOptions.NONE.firstOnly() : RequestOptions.NONE,
                null);
        return ExplainResponseWriter.before(
                context,
                deployment -> {
                    AttemptDeadline share = deadlines.of(context, deployment);
                    return share.slice().toMillis();
                },
                deployment -> budgets.remaining(context, deployment),
                deployment -> budgets.terms(context, deployment).notes());
    }

    /**
     * What a request has come to: one of the last ones of this process, or any that the ledger has.
     *
     * @param ledger empty when none is kept
     * @throws InvalidRequestException 404 when there is no such request, 503 when the ledger cannot be read now
     */
    public static ObjectNode after(RecentRequests recent, Optional<Ledger> ledger, String id) {
        Optional<ObjectNode> found = recent.find(id).map(ExplainResponseWriter::after);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            found = ledger.flatMap(kept -> kept.database().read(connection -> RequestLookup.find(connection, id)));
        } catch (LedgerUnavailableException e) {
            throw new InvalidRequestException(
                    GatewayError.of(
                            503,
                            "ledger_unavailable",
                            "The request is not among the last " + RecentRequests.KEPT
                                    + " of this process, and the ledger cannot be read now. Try again when its database is back."));
        }
        return found.orElseThrow(() -> new InvalidRequestException(GatewayError.of(
                404,
                "not_found",
                "There is no such request among the last " + RecentRequests.KEPT + " of this process"
                        + (ledger.isPresent() ? " or in the ledger." : "; no ledger is kept."))));
    }
}
