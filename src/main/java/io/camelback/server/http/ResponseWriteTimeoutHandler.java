package io.camelback.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Drops a connection whose caller takes nothing of what waits for it, whether that is a stream, an answer that is one
 * body, or the end of either (docs/failures.md B04). Dropped and not closed: to close would be to wait until all of it
 * is taken. A timer runs only while something waits. Used on the connection's event loop only.
 */
final class ResponseWriteTimeoutHandler extends ChannelOutboundHandlerAdapter {
    /** How often in its time it is looked whether the caller has taken something. */
    private static final int LOOKS = 4;

    private final Duration limit;
    private ScheduledFuture<?> alarm;
    private int inVain;
    /** Which piece is the next to be taken, not held itself: it may be an answer of megabytes. */
    private int next;

    private long taken;

    ResponseWriteTimeoutHandler(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
        context.write(bytes, promise);
        if (alarm == null) {
            moved(context.channel().unsafe().outboundBuffer());
            arm(context);
        }
    }

    private void arm(ChannelHandlerContext context) {
        alarm = context.executor().schedule(() -> look(context), limit.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        alarm = null;
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            return;
        }
        inVain = moved(waiting) ? 0 : inVain + 1;
        if (inVain >= LOOKS) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.close();
        } else {
            arm(context);
        }
    }

    /** Whether something has been taken since the last look. */
    private boolean moved(ChannelOutboundBuffer waiting) {
        int now = waiting == null ? 0 : System.identityHashCode(waiting.current());
        long progress = waiting == null ? 0 : waiting.currentProgress();
        boolean moved = now != next || progress != taken;
        next = now;
        taken = progress;
        return moved;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
