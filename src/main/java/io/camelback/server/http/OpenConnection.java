package io.camelback.server.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One connection of an HTTP server: how many requests are under way on it, from the end of their heads to the end of
 * their answers. It is closed when there was none for so long, and with an answer that is given while the gateway
 * stops. Its state changes on the connection's event loop only; every method may be called from any thread.
 */
final class OpenConnection extends ChannelDuplexHandler {
    private final long limit;
    private final LongSupplier nanoTime;
    private final BooleanSupplier stopping;
    private ChannelHandlerContext channel;
    private volatile int underWay;
    private volatile boolean upgraded;
    private volatile boolean busy;
    private boolean interim;
    private boolean served;
    private boolean armed;
    private long idleSince;

    /** @param idle how long it stays open after an answer; one that never asked is not this one's to close */
    OpenConnection(Duration idle, LongSupplier nanoTime, BooleanSupplier stopping) {
        this.limit = idle.toNanos();
        this.nanoTime = nanoTime;
        this.stopping = stopping;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            underWay = underWay + 1;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        underWay = 0;
        context.fireChannelInactive();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            // 100 Continue is not the answer.
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (upgraded && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                underWay = underWay - 1;
            }
            if (!interim && stopping.getAsBoolean()) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
        boolean answered = message instanceof LastHttpContent && !interim && underWay > 0;
        if (answered && stopping.getAsBoolean()) {
            context.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.write(message, promise);
        }
        if (answered) {
            answered();
        }
    }

    private void answered() {
        underWay = underWay - 1;
        if (underWay == 0) {
            served = true;
            idleSince = nanoTime.getAsLong();
            arm(limit);
        }
    }

    /** One timer runs for a connection that has answered; it looks again where a request came in between. */
    private void arm(long nanos) {
        if (!armed) {
            armed = true;
            channel.executor().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        armed = false;
        if (underWay > 0 || upgraded || !channel.channel().isActive()) {
            return;
        }
        long left = limit - (nanoTime.getAsLong() - idleSince);
        if (left > 0) {
            arm(left);
        } else {
            channel.close();
        }
    }

    /**
     * The connection on which a request has come that asks for a WebSocket. It lives on, and is idle between answers.
     */
    static OpenConnection upgrade(HttpConnection connection) {
        OpenConnection open = ((ConnectionBase) connection).channel().pipeline().get(OpenConnection.class);
        open.upgraded = true;
        return open;
    }

    /** Whether an answer is under way on a WebSocket. Its request is another connection's, and counted there. */
    void busy(boolean now) {
        busy = now;
    }

    int underWay() {
        return underWay;
    }

    /** Closes it if it has been answered and is idle now. */
    void closeIfIdle() {
        channel.executor().execute(() -> {
            if ((served || upgraded) && underWay == 0 && !busy) {
                channel.close();
            }
        });
    }

    /**
     * Drops it if a request is under way: to close it properly would be to wait until its client takes what it was
     * sent.
     */
    void dropIfBusy() {
        channel.executor().execute(() -> {
            if (underWay > 0) {
                channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close();
            }
        });
    }
}
