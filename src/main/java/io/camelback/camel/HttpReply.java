package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.Declined;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Reply;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.dialect.Door;
import io.camelback.dialect.Json;
import io.camelback.dialect.StreamWriter;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.embed.EmbedAnswer;
import io.camelback.embed.EmbedRequest;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.NotAdmitted;
import io.camelback.memory.MemoryBudget;
import io.camelback.memory.MemoryLease;
import io.camelback.stream.AnswerStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/** The last step of a door: the answer, the stream or the error in the caller's dialect, with the headers of the contract. */
final class HttpReply implements Processor {
    /** The exchange property that holds Vert.x's response, which the message forgets once something replaces it. */
    static final String RESPONSE = "camelbackResponse";
    static final String REQUEST_ID = "camelbackRequestId";
    /** The exchange property that holds the connection of {@link #RESPONSE}. */
    static final String CONNECTION = "camelbackConnection";

    /** The exchange property that holds the door this request came through. */
    static final String DOOR = "camelbackDoor";
    private static final String JSON = "application/json";
    private static final Door USUAL = new OpenAiDoor();
    /** The exchange property that holds how vectors are told to this caller. */
    static final String VECTORS = "camelbackVectors";

    interface Vectors {
        ObjectNode write(EmbedAnswer answer, EmbedRequest request);
    }

    private final CamelbackConfig config;
    private final Records records;
    private final AnswerMemory memory;
    private final MemoryBudget budget;
    private final Clock clock;

    /** @param budget counts what waits for a caller to take it */
    HttpReply(CamelbackConfig config, Records records, AnswerMemory memory, MemoryBudget budget, Clock clock) {
        this.config = config;
        this.memory = memory;
        this.budget = budget;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Call call = Call.of(exchange);
        Object reply = watched(exchange, call);
        if (reply instanceof ChatAnswer answer && !call.own().stream()) {
            Map<String, String> headers = headers(exchange, usage(exchange, answer));
            byte[] body = Json.bytes(door(exchange).writeAnswer(answer, call.own(), call.id()));
            done(exchange, answeredBy(exchange), call.cancelled() ? 499 : 200, null);
            json(exchange, 200, body, headers);
        } else if (reply instanceof EmbedAnswer answer) {
            Map<String, String> headers = headers(exchange, answer.usage());
            ObjectNode vectors = exchange.getProperty(VECTORS, Vectors.class).write(answer, call.embedding());
            done(exchange, answeredBy(exchange), 200, null);
            json(exchange, 200, Json.bytes(vectors), headers);
        } else if (reply instanceof ChatAnswer answer) {
            stream(exchange, call, new AnswerStream(answer));
        } else if (reply instanceof ChatStream stream) {
            stream(exchange, call, stream);
        } else if (reply instanceof Declined && call.takePutAside(exchange)) {
            process(exchange);
        } else if (reply instanceof Declined declined) {
            error(exchange, declined.error());
        } else if (call.trail().turns() > 0 && !(reply instanceof Reply)) {
            // The last step had nothing to say, an answer from before say: the chain has come to nothing.
            throw new NotAdmitted(call.chain(), NotAdmitted.Reason.CHAIN_ENDED);
        } else {
            throw new IllegalStateException("The chain " + call.chain() + " gave back no answer: its route must end in a link,"
                    + " another chain or a degraded answer");
        }
    }

    private Object watched(Exchange exchange, Call call) {
        Object body = exchange.getMessage().getBody();
        return body instanceof Reply reply ? memory.watch(call, answeredBy(exchange), reply) : body;
    }

    private Map<String, String> headers(Exchange exchange, Usage usage) {
        Map<String, String> headers = ReplyHeaders.of(Call.of(exchange), answeredBy(exchange), config, usage);
        Relayed.add(headers, door(exchange).name(), LiveAttempt.of(exchange), config);
        // A key with quotas of its own paces itself by those, and not by the account's.
        headers.putAll(Call.of(exchange).standing());
        return headers;
    }

    /** Of the caller; null when it is not known. */
    static HttpConnection connection(Exchange exchange) {
        return exchange.getProperty(CONNECTION, HttpConnection.class);
    }

    private static Door door(Exchange exchange) {
        return exchange.getProperty(DOOR, USUAL, Door.class);
    }

    private Deployment answeredBy(Exchange exchange) {
        LiveAttempt attempt = LiveAttempt.of(exchange);
        return attempt == null ? null : attempt.deployment();
    }

    private static Usage usage(Exchange exchange, ChatAnswer answer) {
        return LiveAttempt.of(exchange) == null ? null : answer.usage();
    }

    private void stream(Exchange exchange, Call call, ChatStream stream) {
        HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
        Deployment deployment = answeredBy(exchange);
        Map<String, String> headers = headers(exchange, null);
        StreamWriter writer = Ticket.of(exchange).taped(door(exchange).streamWriter(call.own(), call.id(),
                clock.instant().getEpochSecond()), door(exchange).streamType(), headers);
        exchange.setMessage(new DefaultMessage(exchange));
        if (response == null) {
            headers.forEach(exchange.getMessage()::setHeader);
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, door(exchange).streamType());
            exchange.getMessage().setBody(new SseInputStream(stream, writer));
            return;
        }
        KeepAlive alive = KeepAlive.of(exchange);
        String late = "";
        if (alive == null) {
            SseResponse.head(response, door(exchange).streamType(), headers);
        } else if (alive.begin(headers)) {
            late = door(exchange).comment(late(headers));
        }
        SseResponse events = new SseResponse(call.id(), response, connection(exchange), alive, config.server().timeouts().send());
        GatewayError unsent = events.write(late, stream, writer, () -> continued(exchange, stream), broken -> {
            if (call.isShutDown() && !events.complete()) {
                done(exchange, deployment, 200, ErrorEnvelope.shuttingDown());
                return;
            }
            boolean left = events.callerLeft() || call.cancelled() && !events.complete();
            done(exchange, deployment, left ? 499 : 200, broken);
        });
        if (unsent != null) {
            error(exchange, unsent);
        }
    }

    /** The mark of an answer that two models have written: its head has long been out. */
    private static String continued(Exchange exchange, ChatStream stream) {
        return stream instanceof ContinuedStream two && two.by() != null
                ? door(exchange).comment("x-camelback-continued: " + two.by()) : "";
    }

    /** What the headers would have said of the answer, had it come before them. */
    private static String late(Map<String, String> headers) {
        return headers.entrySet().stream().filter(header -> header.getKey().startsWith("x-camelback-")
                && !header.getKey().equals("x-camelback-request-id"))
                .map(header -> header.getKey() + ": " + header.getValue()).collect(Collectors.joining(", "));
    }

    /** Answers with an error; says nothing to a caller who has left. @param failure null when nobody is there any more */
    void error(Exchange exchange, GatewayError failure) {
        Call call = Call.of(exchange);
        String id = exchange.getProperty(REQUEST_ID, "", String.class);
        boolean begun = KeepAlive.stop(exchange);
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
            Ticket.of(exchange).release();
            errorInside(exchange, call, error);
            return;
        }
        Map<String, String> headers = call == null ? ReplyHeaders.of(id) : ReplyHeaders.of(call, null, config, null);
        RetryAdvice.add(headers, error, call);
        Door door = door(exchange);
        byte[] body = Json.bytes(door.writeError(error, id));
        if (call == null) {
            records.refused(id, error);
        } else {
            done(exchange, null, error.status(), error);
        }
        json(exchange, door.status(error), body, headers);
    }

    /** For a response that has begun already: the error is all that the stream holds. */
    private void errorInside(Exchange exchange, Call call, GatewayError error) {
        HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
        StreamWriter writer = door(exchange).streamWriter(call.own(), call.id(), clock.instant().getEpochSecond());
        exchange.setMessage(new DefaultMessage(exchange));
        done(exchange, null, 200, error);
        if (!response.ended()) {
            new SseResponse(call.id(), response, connection(exchange), null, config.server().timeouts().send()).fail(writer, error);
        }
    }

    private void done(Exchange exchange, Deployment deployment, int status, GatewayError error) {
        Call call = Call.of(exchange);
        records.done(call, call.embedding() == null ? door(exchange).name() : "embeddings", deployment, status, error);
    }

    private void json(Exchange exchange, int status, byte[] body, Map<String, String> headers) {
        Ticket.of(exchange).answered(status, JSON, headers, body);
        send(exchange, status, JSON, body, headers, budget);
    }

    /** Written to Vert.x's response where there is one: a body of known length, and no copy of it. */
    static void send(Exchange exchange, int status, String type, byte[] body, Map<String, String> headers,
            MemoryBudget budget) {
        HttpServerResponse response = exchange.getProperty(RESPONSE, HttpServerResponse.class);
        Message message = new DefaultMessage(exchange);
        exchange.setMessage(message);
        if (response != null) {
            headers.forEach(response::putHeader);
            MemoryLease waiting = budget.lease();
            waiting.hold(body.length);
            response.setStatusCode(status).putHeader("content-type", type).end(Buffer.buffer(body))
                    .onComplete(taken -> waiting.close());
            return;
        }
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(body);
    }
}
