package io.camelback.benchmark;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.config.LoadedConfig;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.export.LogEncoder;
import io.camelback.telemetry.Telemetry;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.ActiveRevision;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.telemetry.trace.RequestTracer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * What looking at a request adds to it: metrics, the dashboard's figures, events, its line in the log, as text or as
 * JSON, written to nowhere, and its rows in a ledger on SQLite. The request fell over twice. The goal is less than 60
 * µs in the median, at a pace that a gateway has: the ledger's own thread writes beside it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class TelemetryBenchmark {
    /** Between two requests, in nanoseconds. */
    private static final long PACE = 300_000;

    @Param({"off", "text", "json"})
    public String log;

    private Path folder;
    private Ledger ledger;
    private GatewayRuntime runtime;
    private Telemetry telemetry;
    private RequestLog requests;
    private RequestRecord entry;

    @Setup
    public void open() throws IOException {
        LoadedConfig loaded = CamelbackConfigReader.read(
                Files.readString(Path.of("config/camelback.yaml")), "config/camelback.yaml", name -> null);
        logTo(log);
        folder = Files.createTempDirectory("camelback-bench");
        ledger = Ledger.open(SqliteDatabase.open(folder.resolve("ledger.db"), Clock.systemUTC()), new Random());
        runtime = GatewayRuntime.create(Clock.systemUTC());
        telemetry = new Telemetry(
                runtime,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                (deployment, usage) -> Optional.of(100L),
                RequestTracer.OFF);
        telemetry.serving(new ActiveRevision(1, loaded.config(), Map.of("premium", List.of()), List.of()));
        requests = log.equals("off") ? new RequestLog() : telemetry.requests();
        AttemptResult overloaded = AttemptResult.failed(
                "claude-opus",
                ProviderException.of(FailureKind.OVERLOAD, "529 overloaded_error"),
                Duration.ofMillis(12));
        AttemptResult answered = AttemptResult.answered("gemini-pro", Duration.ofMillis(300))
                .metering(new AttemptMetering(
                        Duration.ofMillis(13), Duration.ofMillis(80), new Usage(1000, 100, 0, 500, 0), false, 700L));
        entry = new RequestRecord(
                "req_0123456789abcdef01234567",
                "openai",
                "premium",
                "premium",
                "gemini-pro",
                200,
                true,
                Duration.ofMillis(313),
                new BigDecimal("3.5"),
                "debug",
                null,
                List.of(
                        overloaded,
                        AttemptResult.skipped(
                                "gpt", AttemptSkippedException.Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN),
                        answered),
                null);
    }

    private static void logTo(String format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(format.equals("off") ? ch.qos.logback.classic.Level.OFF : ch.qos.logback.classic.Level.INFO);
        LogEncoder encoder = new LogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %replace(%msg){'[\\r\\n\\x00-\\x1f]+', ' | '}%n%ex{12}");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> nowhere = new OutputStreamAppender<>();
        nowhere.setContext(context);
        nowhere.setEncoder(encoder);
        nowhere.setOutputStream(OutputStream.nullOutputStream());
        nowhere.start();
        root.addAppender(nowhere);
    }

    @Setup(Level.Invocation)
    public void pace() {
        LockSupport.parkNanos(PACE);
    }

    @Benchmark
    public void done() {
        requests.done(entry);
        if (!log.equals("off")) {
            rows();
        }
    }

    private void rows() {
        RequestRef about = new RequestRef(entry.id(), null, "premium", "debug", 35, 1);
        for (AttemptResult turn : entry.attempts()) {
            ledger.add(new AttemptRow(
                    ledger.nextId(),
                    1,
                    about,
                    turn.deployment(),
                    null,
                    "answered",
                    turn.detail(),
                    null,
                    turn.status(),
                    1L,
                    80L,
                    turn.duration().toMillis(),
                    turn.metering().usage(),
                    AttemptRow.Flags.NONE,
                    turn.metering().microDollars(),
                    ledger.gateway()));
        }
        ledger.add(new RequestRow(
                ledger.nextId(),
                1,
                about,
                entry.endpoint(),
                entry.asked(),
                "claude-opus",
                entry.deployment(),
                null,
                entry.status(),
                null,
                true,
                313,
                2,
                null,
                700L,
                ledger.gateway(),
                null,
                null));
    }

    @TearDown
    public void close() throws IOException {
        ledger.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        telemetry.close();
        runtime.close();
    }
}
