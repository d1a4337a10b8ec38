package io.camelback.server.export;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.TelemetryJson;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.KeyValuePair;

/**
 * Writes log lines: text for people, or one JSON object a line for programs. Whatever a value holds, it makes no line
 * of its own (docs/failures.md H19).
 */
public final class LogEncoder extends EncoderBase<ILoggingEvent> {
    private static final int STACK = 4000;

    private final PatternLayout text = new PatternLayout();
    private boolean json;

    /** @param format {@code json}; anything else is text */
    public void setFormat(String format) {
        json = "json".equalsIgnoreCase(format);
    }

    /** How a line of text looks, in Logback's words. */
    public void setPattern(String pattern) {
        text.setPattern(pattern);
    }

    @Override
    public void start() {
        text.setContext(context);
        text.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = json ? Json.text(json(event)) + "\n" : text.doLayout(event);
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode json(ILoggingEvent event) {
        ObjectNode line = Json.object()
                .put("at", TelemetryJson.at(event.getInstant()))
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName())
                .put("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> add(line, pair));
        }
        if (event.getThrowableProxy() != null) {
            String stack = ThrowableProxyUtil.asString(event.getThrowableProxy());
            line.put("thrown", stack.substring(0, Math.min(STACK, stack.length())));
        }
        return line;
    }

    private static void add(ObjectNode line, KeyValuePair pair) {
        if (pair.value instanceof RequestLog.Line request) {
            line.set(pair.key, TelemetryJson.request(request.entry()));
        } else {
            line.put(pair.key, String.valueOf(pair.value));
        }
    }
}
