package io.camelback.server.export;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Turns the log off while failures are simulated. */
public final class LogSilencer implements AutoCloseable {
    private final Map<Logger, Level> levels = new LinkedHashMap<>();

    private LogSilencer() {}

    public static LogSilencer begin() {
        LogSilencer quiet = new LogSilencer();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLoggerList().stream()
                    .filter(logger -> logger.getLevel() != null)
                    .forEach(logger -> quiet.levels.put(logger, logger.getLevel()));
            quiet.levels.keySet().forEach(logger -> logger.setLevel(Level.OFF));
        }
        return quiet;
    }

    /** Back to the levels of before. Once is enough. */
    @Override
    public void close() {
        levels.forEach(Logger::setLevel);
        levels.clear();
    }
}
