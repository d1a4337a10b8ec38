package io.camelback.camel.inbound;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off a response that has begun, so that nobody can take it for a whole one: its last chunk is never sent, and
 * the connection is closed. RFC 9112, section 8: a chunked message without its last chunk is incomplete. What was
 * written before goes out, and its reader has a moment to take it in: some HTTP clients forget what they have not yet
 * handed on once a connection ends.
 */
final class ResponseAbort extends ChannelOutboundHandlerAdapter {
    /** Between the last byte and the end of the connection. */
    private static final long LINGER_MILLIS = 100;

    private static final String NAME = "camelback-response-abort";
    /** HTTP/2's INTERNAL_ERROR. */
    private static final long INTERNAL_ERROR = 2;

    private boolean ended;

    private ResponseAbort() {}

    /**
     * Breaks off; does nothing to a response that is ended.
     *
     * @param connection of the response; null when it is not known: then it is dropped at once
     */
    static void abort(HttpServerResponse response, HttpConnection connection) {
        if (response.ended()) {
            return;
        }
        if (response.closed() || !response.headWritten()) {
            response.end();
        } else if (response.streamId() < 0 && connection instanceof ConnectionBase base) {
            ChannelHandlerContext context = base.channelHandlerContext();
            if (context.executor().inEventLoop()) {
                install(context);
            } else {
                context.executor().execute(() -> install(context));
            }
            // Vert.x takes the response for ended, and what would say so to the caller meets the handler.
            response.end();
        } else {
            response.reset(INTERNAL_ERROR);
            if (!response.ended()) {
                response.end();
            }
        }
    }

    private static void install(ChannelHandlerContext context) {
        if (!context.isRemoved() && context.pipeline().get(NAME) == null) {
            context.pipeline().addBefore(context.name(), NAME, new ResponseAbort());
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!ended && !(message instanceof LastHttpContent)) {
            context.write(message, promise);
            return;
        }
        ReferenceCountUtil.release(message);
        promise.trySuccess();
        if (!ended) {
            ended = true;
            // No other request of this connection is read.
            context.channel().config().setAutoRead(false);
            context.flush();
            context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
