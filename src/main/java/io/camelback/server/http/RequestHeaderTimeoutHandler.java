package io.camelback.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose next request's head does not come to its end in time (docs/failures.md B03): one that opens
 * and says nothing, and one that says it byte by byte. Between requests a connection may be idle for as long as it
 * likes. A timer runs only while a head is incomplete, which for most requests is never. Used on the connection's event
 * loop only.
 */
final class RequestHeaderTimeoutHandler extends ChannelInboundHandlerAdapter {
    static final String NAME = "camelback-header-timeout";
    private static final String DECODER = "httpDecoder";

    private final Duration limit;
    private boolean inBody;
    private boolean requestEnded;
    private ScheduledFuture<?> alarm;

    RequestHeaderTimeoutHandler(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addAfter(DECODER, "camelback-heads", new Heads());
        arm(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        requestEnded = false;
        context.fireChannelRead(bytes);
        if (!inBody && !requestEnded && alarm == null) {
            arm(context);
        }
    }

    private void arm(ChannelHandlerContext context) {
        alarm = context.executor().schedule(() -> context.close(), limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        disarm();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        disarm();
        context.fireChannelInactive();
    }

    private void disarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    /** Sees what the decoder makes of the bytes. */
    private final class Heads extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                inBody = true;
                disarm();
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
                requestEnded = true;
            }
            context.fireChannelRead(message);
        }
    }
}
