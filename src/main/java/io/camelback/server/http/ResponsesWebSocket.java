package io.camelback.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One WebSocket connection: one answer at a time, its events as text messages. A client that reads slowly slows its
 * provider down, and one that leaves ends its request. Used on the connection's event loop.
 */
final class ResponsesWebSocket {
    private static final String TYPE = "type";
    private static final String ERROR = "error";
    private static final String ID = "id";
    private static final String RESPONSE = "response";
    /** As OpenAI: then clients dial again. */
    private static final Duration LONGEST = Duration.ofMinutes(60);

    private static final GatewayError BROKEN =
            GatewayError.of(502, "upstream_error", "The answer broke off. Send the request again.");
    private static final int LONGEST_EVENT = 64 << 20;
    private static final int LONGEST_ERROR = 64 << 10;
    private static final short GOING_AWAY = 1001;

    private final ServerWebSocket socket;
    private final HttpClient client;
    private final SocketAddress server;
    private final Map<String, String> headers;
    private final ResponsesHistory conversation;
    private final Consumer<Boolean> working;
    private final BooleanSupplier stopping;
    private HttpClientRequest request;
    private boolean busy;
    /** Whether the client has the last event of the answer, which may not be over on our side. */
    private boolean told;
    /** What it has sent since then. */
    private ObjectNode next;

    private int nextLength;
    private boolean expired;
    private long bytes;

    /**
     * @param server where {@code POST /v1/responses} is served
     * @param headers that go along with each request
     * @param working is told whether an answer is under way
     * @param stopping whether the connection ends with the answer
     */
    ResponsesWebSocket(
            ServerWebSocket socket,
            HttpClient client,
            SocketAddress server,
            Map<String, String> headers,
            ResponsesHistory conversation,
            Consumer<Boolean> working,
            BooleanSupplier stopping) {
        this.socket = socket;
        this.client = client;
        this.server = server;
        this.headers = headers;
        this.conversation = conversation;
        this.working = working;
        this.stopping = stopping;
    }

    void begin(Vertx vertx) {
        long timer = vertx.setTimer(LONGEST.toMillis(), late -> {
            expired = true;
            closeIfDone();
        });
        socket.textMessageHandler(this::take)
                .binaryMessageHandler(data ->
                        fail(GatewayError.of(400, "invalid_request", "Send text messages; this one was binary.")))
                .exceptionHandler(broken -> socket.close())
                .closeHandler(closed -> {
                    vertx.cancelTimer(timer);
                    conversation.close();
                    if (request != null) {
                        request.reset();
                    }
                });
    }

    private void take(String text) {
        try {
            JsonNode message = Json.read(text);
            switch (message.path(TYPE).asText()) {
                case "response.create" -> create((ObjectNode) message, text.length());
                case "response.processed" -> {
                    // The client has seen the end of an answer: nothing waits for that here.
                }
                default -> fail(GatewayError.invalid(TYPE, "`type` must be response.create."));
            }
        } catch (JsonProcessingException e) {
            fail(GatewayError.of(400, "invalid_json", "The message is not valid JSON."));
        } catch (InvalidRequestException e) {
            fail(e.error());
        }
    }

    private void create(ObjectNode message, int length) {
        if (busy && told && next == null) {
            next = message;
            nextLength = length;
            return;
        }
        if (busy) {
            fail(GatewayError.of(
                    409,
                    "response_in_progress",
                    "An answer is under way on this connection. Wait for its end, or open another connection."));
            return;
        }
        told = false;
        message.remove(TYPE);
        JsonNode generate = message.remove("generate");
        ObjectNode whole = conversation.whole(message).put("stream", true);
        bytes = length;
        if (generate != null && generate.isBoolean() && !generate.asBoolean()) {
            warmUp(whole);
            return;
        }
        busy(true);
        byte[] body = Json.bytes(whole);
        bytes = Math.max(bytes, body.length);
        client.request(new RequestOptions()
                        .setServer(server)
                        .setHost(server.host())
                        .setPort(server.port())
                        .setMethod(HttpMethod.POST)
                        .setURI(ResponsesWebSockets.PATH))
                .onSuccess(opened -> send(opened, body))
                .onFailure(this::broken);
    }

    private void send(HttpClientRequest opened, byte[] body) {
        request = opened;
        if (socket.isClosed()) {
            opened.reset();
            return;
        }
        headers.forEach(opened::putHeader);
        opened.putHeader("content-type", "application/json").putHeader("accept", "text/event-stream");
        opened.send(Buffer.buffer(body)).onSuccess(this::receive).onFailure(this::broken);
    }

    private void receive(HttpClientResponse answer) {
        String type = answer.getHeader("content-type");
        if (answer.statusCode() != 200 || type == null || !type.startsWith("text/event-stream")) {
            refused(answer);
            return;
        }
        SseEventSplitter events = new SseEventSplitter(LONGEST_EVENT, this::relay, this::ping);
        answer.exceptionHandler(this::broken)
                .handler(chunk -> {
                    if (!events.add(chunk)) {
                        request.reset();
                        broken(new IllegalStateException("an event is too long"));
                    } else if (socket.writeQueueFull()) {
                        answer.pause();
                        socket.drainHandler(drained -> answer.resume());
                    }
                })
                .endHandler(ended -> done());
    }

    /** An error with a status of its own, before there was a stream. */
    private void refused(HttpClientResponse answer) {
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(this::broken)
                .handler(chunk -> {
                    if (body.length() < LONGEST_ERROR) {
                        body.appendBuffer(chunk);
                    }
                })
                .endHandler(ended -> {
                    socket.writeTextMessage(Json.text(ResponsesEvents.refused(answer, body)));
                    conversation.forget();
                    done();
                });
    }

    private void relay(String event) {
        if (socket.isClosed()) {
            return;
        }
        try {
            note(Json.read(event), event.length());
        } catch (JsonProcessingException e) {
            // [DONE], and what else is no event of this format.
            return;
        }
        socket.writeTextMessage(event);
    }

    private void note(JsonNode event, int length) {
        switch (event.path(TYPE).asText()) {
            case "response.output_item.done" -> {
                conversation.add(event.path("item"), length);
                bytes += length;
            }
            case "response.completed" -> {
                told = true;
                conversation.complete(event.path(RESPONSE).path(ID).asText(), bytes);
            }
            case "response.failed", "response.incomplete", ERROR -> {
                told = true;
                conversation.forget();
            }
            default -> {
                // A piece of what comes whole later.
            }
        }
    }

    private void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer("camelback"));
        }
    }

    /** A client that only prepares what it will ask: nobody is asked, and it may go on from here. */
    private void warmUp(ObjectNode whole) {
        ResponsesEvents.WarmUp answer = ResponsesEvents.warmUp(whole);
        conversation.complete(answer.id(), bytes);
        answer.events().forEach(event -> socket.writeTextMessage(Json.text(event)));
    }

    private void fail(GatewayError error) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(Json.text(ResponsesEvents.error(error, "invalid_request_error")));
        }
    }

    /** The gateway's own answer did not come to its end. */
    private void broken(Throwable cause) {
        if (busy) {
            conversation.forget();
            if (!socket.isClosed()) {
                socket.writeTextMessage(Json.text(ResponsesEvents.error(BROKEN, "server_error")));
            }
            done();
        }
    }

    private void done() {
        request = null;
        busy(false);
        createNext();
        closeIfDone();
    }

    private void createNext() {
        ObjectNode waiting = next;
        next = null;
        if (waiting != null && !socket.isClosed()) {
            try {
                create(waiting, nextLength);
            } catch (InvalidRequestException e) {
                fail(e.error());
            }
        }
    }

    private void busy(boolean now) {
        busy = now;
        working.accept(now);
    }

    private void closeIfDone() {
        if (!busy && !socket.isClosed() && (expired || stopping.getAsBoolean())) {
            socket.close(GOING_AWAY, expired ? "60 minutes are over; connect again" : "the gateway stops");
        }
    }
}
