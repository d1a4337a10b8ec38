package io.camelback.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.acceptance.fallback.FaultInjectionTest;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.attempt.ReservationHandle;
import io.camelback.camel.inbound.ResponseProcessor;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatStream;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.stream.DelegatingChatStream;
import io.vertx.core.http.HttpServerResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Throws where a test wants it, on an answer's way through a running gateway: steps in the routes of
 * {@link FaultInjectionTest}.
 */
public final class StageFaults {
    /** Where it is thrown. */
    public enum Stage {
        SOCKET,
        CODEC,
        DECORATOR,
        ROUTE,
        WRITER,
        SOCKET_WRITE,
        SETTLE
    }

    private static volatile Stage stage;
    private static volatile Supplier<Throwable> thrown;
    /** How many bytes or calls go well before. */
    private static volatile int good;

    private StageFaults() {}

    public static void arm(Stage where, int afterSoMany, Supplier<Throwable> what) {
        stage = where;
        good = afterSoMany;
        thrown = what;
    }

    public static void disarm() {
        stage = null;
    }

    private static RuntimeException fault() {
        return fault(thrown);
    }

    /** Throws an {@link Error}, and gives an exception to be thrown. */
    public static RuntimeException fault(Supplier<Throwable> make) {
        Throwable fault = make.get();
        if (fault instanceof Error error) {
            throw error;
        }
        return (RuntimeException) fault;
    }

    /** Throws once, when its turn has come. */
    private static final class Countdown {
        private final AtomicInteger left = new AtomicInteger(good);

        void step() {
            if (left.getAndDecrement() == 0) {
                throw fault();
            }
        }
    }

    /** Before the step that reads what the provider sends. */
    public static final class BeforeReading implements Processor {
        @Override
        public void process(Exchange exchange) throws Exception {
            ProviderAttempt attempt = ProviderAttempt.of(exchange);
            if (stage == null || !attempt.deployment().name().equals(RawProviderChain.OPENAI.link)) {
                return;
            }
            if (stage == Stage.SOCKET) {
                exchange.getMessage().setBody(new FaultyBytes((InputStream)
                        exchange.getMessage().getBody()));
            } else if (stage == Stage.SETTLE) {
                Field field = ProviderAttempt.class.getDeclaredField("reservation");
                field.setAccessible(true);
                ReservationHandle rest = (ReservationHandle) field.get(attempt);
                ReservationHandle faulty = turns -> {
                    throw fault();
                };
                field.set(attempt, faulty.and(rest));
            }
        }
    }

    /** Behind the last link of the chain, before the answer is written. */
    public static final class AfterChain implements Processor {
        @Override
        public void process(Exchange exchange) {
            if (stage == Stage.ROUTE) {
                throw fault();
            } else if (stage == Stage.DECORATOR && exchange.getMessage().getBody() instanceof ChatStream stream) {
                exchange.getMessage().setBody(new FaultyStream(stream));
            } else if (stage == Stage.WRITER) {
                exchange.setProperty(
                        ResponseProcessor.CODEC,
                        faulty(exchange.getProperty(ResponseProcessor.CODEC, ClientCodec.class)));
            } else if (stage == Stage.SOCKET_WRITE) {
                exchange.setProperty(
                        ResponseProcessor.RESPONSE,
                        faulty(exchange.getProperty(ResponseProcessor.RESPONSE, HttpServerResponse.class)));
            }
        }
    }

    /** In place of the step that reads what the provider sends, where its dialect fails. */
    public static final class Reading implements Processor {
        @Override
        public void process(Exchange exchange) throws Exception {
            boolean first = ProviderAttempt.of(exchange).deployment().name().equals(RawProviderChain.OPENAI.link);
            Processor usual =
                    exchange.getContext().getRegistry().lookupByNameAndType("camelback-from-openai", Processor.class);
            if (stage == Stage.CODEC && first) {
                usual = FaultInjectionTest.reading(new FaultyDialect(), exchange.getContext());
            }
            usual.process(exchange);
        }
    }

    private static final class FaultyBytes extends FilterInputStream {
        private int left = good;

        FaultyBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (left == 0) {
                throw fault();
            }
            int count = super.read(buffer, from, Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    private static final class FaultyStream extends DelegatingChatStream {
        private final Countdown countdown = new Countdown();

        FaultyStream(ChatStream stream) {
            super(stream);
        }

        @Override
        public StreamChunk next() {
            StreamChunk chunk = stream.next();
            countdown.step();
            return chunk;
        }
    }

    private static final class FaultyDialect implements ProviderCodec {
        private final ProviderCodec codec = new OpenAiChatProviderCodec();

        @Override
        public String name() {
            return codec.name();
        }

        @Override
        public ObjectNode writeRequest(ChatRequest request, ProviderModel target, boolean stream) {
            return codec.writeRequest(request, target, stream);
        }

        @Override
        public ChatAnswer readAnswer(ObjectNode body) {
            throw fault();
        }

        @Override
        public StreamReader streamReader() {
            StreamReader reader = codec.streamReader();
            Countdown countdown = new Countdown();
            return new StreamReader() {
                @Override
                public List<StreamEvent> read(String name, ObjectNode data) {
                    countdown.step();
                    return reader.read(name, data);
                }

                @Override
                public boolean finished() {
                    return reader.finished();
                }
            };
        }
    }

    private static ClientCodec faulty(ClientCodec endpoint) {
        Countdown countdown = new Countdown();
        return (ClientCodec) Proxy.newProxyInstance(
                ClientCodec.class.getClassLoader(), new Class<?>[] {ClientCodec.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("writeAnswer")) {
                        throw fault();
                    }
                    Object result = invoke(() -> method.invoke(endpoint, arguments));
                    return result instanceof StreamWriter writer ? faulty(writer, countdown) : result;
                });
    }

    private static StreamWriter faulty(StreamWriter writer, Countdown countdown) {
        return new StreamWriter() {
            @Override
            public String write(StreamChunk chunk) {
                countdown.step();
                return writer.write(chunk);
            }

            @Override
            public String end() {
                return writer.end();
            }

            @Override
            public String error(GatewayError error) {
                return writer.error(error);
            }
        };
    }

    private static HttpServerResponse faulty(HttpServerResponse response) {
        Countdown countdown = new Countdown();
        return (HttpServerResponse) Proxy.newProxyInstance(
                HttpServerResponse.class.getClassLoader(),
                new Class<?>[] {HttpServerResponse.class},
                (proxy, method, arguments) -> {
                    boolean writes =
                            method.getName().equals("write") || method.getName().equals("end") && arguments != null;
                    if (writes) {
                        countdown.step();
                    }
                    Object result = invoke(() -> method.invoke(response, arguments));
                    return result == response ? proxy : result;
                });
    }

    private interface Invocation {
        Object run() throws ReflectiveOperationException;
    }

    private static Object invoke(Invocation invocation) throws Throwable {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
