package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.fallback.AnswerCacheRecorder;
import io.camelback.camel.kamelet.MidStreamFailoverStream;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.SseInputStream;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Reply;
import io.camelback.chat.RequestRejected;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.json.Json;
import io.camelback.memory.MemoryBudget;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.stream.AnswerStream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * The last step of an HTTP endpoint: writes the answer, the stream or the error in the caller's API format, with our
 * headers.
 */
public final class ResponseProcessor implements Processor {
    /** The exchange property that holds Vert.x's response, which the message forgets once something replaces it. */
    public static final String RESPONSE = "camelbackResponse";

    static final String REQUEST_ID = "camelbackRequestId";
    /** The exchange property that holds the connection of {@link #RESPONSE}. */
    static final String CONNECTION = "camelbackConnection";

    /** The exchange property that holds the API format of the answer. */
    public static final String CODEC = "camelbackEndpoint";

    private static final String JSON = "application/json";
    private static final ClientCodec USUAL = new OpenAiChatClientCodec();
    /** The exchange property that holds how vectors are told to this caller. */
    static final String VECTORS = "camelbackVectors";

    interface Vectors {
        ObjectNode write(EmbeddingAnswer answer, EmbeddingRequest request);
    }

    private final CamelbackConfig config;
    private final RequestRecorder records;
    private final AnswerCacheRecorder answerCache;
    private final MemoryBudget budget;
    private final Clock clock;
    private final GatewayRuntime runtime;

    /** @param runtime whose memory counts what waits for a caller to take it */
    public ResponseProcessor(
            CamelbackConfig config, RequestRecorder records, AnswerCacheRecorder answerCache, GatewayRuntime runtime) {
        this.config = config;
        this.answerCache = answerCache;
        this.runtime = runtime;
        this.budget = runtime.memory();
        this.records = records;
        this.clock = runtime.clock();
    }

    @Override
    public void process(Exchange exchange) {
        RequestContext context = RequestContext.of(exchange);
        Object reply = watched(exchange, context);
        if (reply instanceof ChatAnswer answer && !context.originalRequest().stream()) {
            Map<String, String> headers = headers(exchange, answer.usage());
            byte[] body = Json.bytes(codec(exchange).writeAnswer(answer, context.originalRequest(), context.id()));
            done(exchange, answeredBy(exchange), context.lifecycle().isCancelled() ? 499 : 200, null);
            json(exchange, 200, body, headers);
        } else if (reply instanceof EmbeddingAnswer answer && context.embedding() != null) {
            Map<String, String> headers = headers(exchange, answer.usage());
            ObjectNode vectors = exchange.getProperty(VECTORS, Vectors.class).write(answer, context.embedding());
            done(exchange, answeredBy(exchange), 200, null);
            json(exchange, 200, Json.bytes(vectors), headers);
        } else if (reply instanceof ChatAnswer answer) {
            stream(exchange, context, new AnswerStream(answer));
        } else if (reply instanceof ChatStream stream) {
            stream(exchange, context, stream);
        } else if (reply instanceof RequestRejected && context.useHeldAnswer(exchange)) {
            process(exchange);
        } else if (reply instanceof RequestRejected declined) {
            error(exchange, declined.error());
        } else if (context.trail().turns() > 0 && !(reply instanceof Reply)) {
            // The last step had nothing to say, an answer from before say: the chain has come to nothing.
            throw new AttemptSkippedException(context.chain(), AttemptSkippedException.Reason.CHAIN_ENDED);
        } else {
            throw new IllegalStateException("The chain " + context.chain()
                    + " gave back no answer: its route must end in a link," + " another chain or a degraded answer");
        }
    }

    private Object watched(Exchange exchange, RequestContext context) {
        Object body = exchange.getMessage().getBody();
        return body instanceof Reply reply ? answerCache.watch(context, answeredBy(exchange), reply) : body;
    }

    private Map<String, String> headers(Exchange exchange, Usage usage) {
        ProviderAttempt attempt = ProviderAttempt.of(exchange);
        Map<String, String> headers = ResponseHeaders.of(
                RequestContext.of(exchange),
                answeredBy(exchange),
                config,
                attempt == null ? null : attempt.usage().cost(usage));
        ProviderHeaderRelay.add(headers, codec(exchange).name(), ProviderAttempt.of(exchange), config);
        // A key with quotas of its own paces itself by those, and not by the account's.
        headers.putAll(RequestContext.of(exchange).rateLimitHeaders());
        return headers;
    }

    /** Of the caller; null when it is not known. */
    static HttpConnection connection(Exchange exchange) {
        return exchange.getProperty(CONNECTION, HttpConnection.class);
    }

    private static ClientCodec codec(Exchange exchange) {
        return exchange.getProperty(CODEC, USUAL, ClientCodec.class);
    }

    private Deployment answeredBy(Exchange exchange) {
        ProviderAttempt attempt = ProviderAttempt.of(exchange);
        return attempt == null ? null : attempt.deployment();
    }

    private void stream(Exchange exchange, RequestContext context, ChatStream stream) {
        HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
        Deployment deployment = answeredBy(exchange);
        Map<String, String> headers = headers(exchange, null);
        StreamWriter writer = IdempotencyLease.of(exchange)
                .recording(
                        codec(exchange)
                                .streamWriter(
                                        context.originalRequest(),
                                        context.id(),
                                        clock.instant().getEpochSecond()),
                        codec(exchange).streamType(),
                        headers);
        exchange.setMessage(new DefaultMessage(exchange));
        if (response == null) {
            headers.forEach(exchange.getMessage()::setHeader);
            exchange.getMessage()
                    .setHeader(Exchange.CONTENT_TYPE, codec(exchange).streamType());
            exchange.getMessage().setBody(new SseInputStream(stream, writer));
            return;
        }
        SseHeartbeat alive = SseHeartbeat.of(exchange);
        String late = "";
        if (alive == null) {
            SseResponseWriter.head(response, codec(exchange).streamType(), headers);
            alive = SseHeartbeat.live(
                    response, codec(exchange).heartbeat(), config.server().heartbeat(), runtime);
        } else if (alive.begin(headers)) {
            late = codec(exchange).comment(late(headers));
        }
        SseResponseWriter events = new SseResponseWriter(
                context.id(),
                response,
                connection(exchange),
                alive,
                config.server().timeouts().send());
        GatewayError unsent = events.write(late, stream, writer, () -> continued(exchange, stream), broken -> {
            if (context.lifecycle().isShutDown() && !events.complete()) {
                done(exchange, deployment, 200, ErrorEnvelope.shuttingDown());
                return;
            }
            boolean left = events.callerLeft() || context.lifecycle().isCancelled() && !events.complete();
            done(exchange, deployment, left ? 499 : 200, broken);
        });
        if (unsent != null) {
            error(exchange, unsent);
        }
    }

    /** The mark of an answer that two models have written: its head has long been out. */
    private static String continued(Exchange exchange, ChatStream stream) {
        return stream instanceof MidStreamFailoverStream two && two.by() != null
                ? codec(exchange).comment("x-camelback-continued: " + two.by())
                : "";
    }

    /** What the headers would have said of the answer, had it come before them. */
    private static String late(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().startsWith("x-camelback-")
                        && !header.getKey().equals("x-camelback-request-id"))
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining(", "));
    }

    /**
     * Answers with an error; says nothing to a caller who has left. @param failure null when nobody is there any more
     */
    void error(Exchange exchange, GatewayError failure) {
        RequestContext context = RequestContext.of(exchange);
        String id = exchange.getProperty(REQUEST_ID, "", String.class);
        boolean begun = SseHeartbeat.stop(exchange);
        GatewayError error = failure == null ? null : RetryAdvice.told(failure, id);
        if (error == null) {
            done(exchange, null, 499, null);
            HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
            if (response != null && begun) {
                ResponseAbort.abort(response, connection(exchange));
            } else if (response != null && !response.ended()) {
                response.setStatusCode(499).end();
            }
            exchange.setMessage(new DefaultMessage(exchange));
            return;
        }
        if (begun) {
            IdempotencyLease.of(exchange).release();
            errorInside(exchange, context, error);
            return;
        }
        Map<String, String> headers =
                context == null ? ResponseHeaders.of(id) : ResponseHeaders.of(context, null, config, null);
        RetryAdvice.add(headers, error, context);
        ClientCodec codec = codec(exchange);
        byte[] body = Json.bytes(codec.writeError(error, id));
        if (context == null) {
            records.refused(id, error);
        } else {
            done(exchange, null, error.status(), error);
        }
        json(exchange, codec.status(error), body, headers);
    }

    /** For a response that has begun already: the error is all that the stream holds. */
    private void errorInside(Exchange exchange, RequestContext context, GatewayError error) {
        HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
        StreamWriter writer = codec(exchange)
                .streamWriter(
                        context.originalRequest(), context.id(), clock.instant().getEpochSecond());
        exchange.setMessage(new DefaultMessage(exchange));
        done(exchange, null, 200, error);
        if (!response.ended()) {
            new SseResponseWriter(
                            context.id(),
                            response,
                            connection(exchange),
                            null,
                            config.server().timeouts().send())
                    .fail(writer, error);
        }
    }

    private void done(Exchange exchange, Deployment deployment, int status, GatewayError error) {
        RequestContext context = RequestContext.of(exchange);
        records.record(
                context,
                context.embedding() == null ? codec(exchange).name() : "embeddings",
                deployment,
                status,
                error);
    }

    private void json(Exchange exchange, int status, byte[] body, Map<String, String> headers) {
        IdempotencyLease.of(exchange).complete(status, JSON, headers, body);
        WholeResponse.send(exchange, status, JSON, body, headers, budget);
    }
}
