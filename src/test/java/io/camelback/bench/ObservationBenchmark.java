package io.camelback.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.camelback.chat.Usage;
import io.camelback.config.Loaded;
import io.camelback.config.CamelbackConfigReader;
import io.camelback.failure.FailureKind;
import io.camelback.failure.NotAdmitted;
import io.camelback.failure.ProviderFailure;
import io.camelback.observe.LogEncoder;
import io.camelback.observe.Observation;
import io.camelback.observe.RequestLog;
import io.camelback.observe.RequestRecord;
import io.camelback.observe.Serving;
import io.camelback.observe.Traces;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
import io.camelback.routing.Metered;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * What looking at a request adds to it: metrics, the dashboard's figures, events, and its line in the log, as text or as JSON,
 * written to nowhere. The request fell over twice. The goal is less than 60 µs in the median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ObservationBenchmark {
    @Param({"off", "text", "json"})
    public String log;
    private Vitals vitals;
    private Observation observation;
    private RequestLog requests;
    private RequestRecord entry;

    @Setup
    public void open() throws IOException {
        Loaded loaded = CamelbackConfigReader.read(Files.readString(Path.of("config/camelback.yaml")), "config/camelback.yaml",
                name -> null);
        logTo(log);
        vitals = Vitals.create(Clock.systemUTC());
        observation = new Observation(vitals, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                (deployment, usage) -> Optional.of(100L), Traces.OFF);
        observation.serving(new Serving(1, loaded.config(), Map.of("premium", List.of()), List.of()));
        requests = log.equals("off") ? new RequestLog() : observation.requests();
        Attempt overloaded = Attempt.failed("claude-opus", ProviderFailure.of(FailureKind.OVERLOAD, "529 overloaded_error"),
                Duration.ofMillis(12));
        Attempt answered = Attempt.answered("gemini-pro", Duration.ofMillis(300)).metered(
                new Metered(Duration.ofMillis(13), Duration.ofMillis(80), new Usage(1000, 100, 0, 500, 0), false, 700L));
        entry = new RequestRecord("req_0123456789abcdef01234567", "openai", "premium", "premium", "gemini-pro", 200, true,
                Duration.ofMillis(313), new BigDecimal("3.5"), "debug", null,
                List.of(overloaded, Attempt.skipped("gpt", NotAdmitted.Reason.BREAKER_OPEN, Attempt.BREAKER_OPEN),
                        answered), null);
    }

    private static void logTo(String format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(format.equals("off") ? Level.OFF : Level.INFO);
        LogEncoder encoder = new LogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %replace(%msg){'[\\r\\n\\x00-\\x1f]+', ' | '}%n%ex{12}");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> nowhere = new OutputStreamAppender<>();
        nowhere.setContext(context);
        nowhere.setEncoder(encoder);
        nowhere.setOutputStream(OutputStream.nullOutputStream());
        nowhere.start();
        root.addAppender(nowhere);
    }

    @Benchmark
    public void done() {
        requests.done(entry);
    }

    @TearDown
    public void close() {
        observation.close();
        vitals.close();
    }
}
