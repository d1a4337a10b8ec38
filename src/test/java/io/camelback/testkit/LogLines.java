package io.camelback.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What this process logs from {@link #listen} to {@link #close}, stack traces included. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> all = new ConcurrentLinkedQueue<>();

    void listen() {
        start();
        root().addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        all.add(event.getFormattedMessage() + thrown);
    }

    List<String> all() {
        return List.copyOf(all);
    }

    void clear() {
        all.clear();
    }

    /** Drops the lines with this text. */
    void forget(String text) {
        all.removeIf(line -> line.contains(text));
    }

    @Override
    public void close() {
        root().detachAppender(this);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
