package io.camelback.simulator;

import io.camelback.simulator.protocol.ConditionSignal;
import io.camelback.simulator.protocol.HttpRequestMessage;
import io.camelback.simulator.protocol.ModelListEndpoint;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.RecordedRequest.Ending;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.SimulatedAnswer;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.simulator.protocol.SimulatedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A provider that answers as OpenAI, Anthropic and Gemini do, by the path of the request, and fails as its
 * {@link FaultScript} says. It listens on 127.0.0.1, speaks HTTP/1.1 with keep-alive, and serves a thousand connections
 * at once.
 *
 * <ul>
 *   <li>{@code POST {any}/chat/completions}, {@code {any}/embeddings}: OpenAI
 *   <li>{@code POST {any}/responses}, {@code {any}/responses/input_tokens}: OpenAI's Responses
 *   <li>{@code POST {any}/messages}, {@code {any}/messages/count_tokens}: Anthropic
 *   <li>{@code POST {any}/models/{model}:generateContent}, {@code :streamGenerateContent}, {@code :embedContent},
 *       {@code :batchEmbedContents}, {@code :countTokens}: Gemini
 *   <li>{@code GET {any}/models}: the list of models, in the dialect of the headers; takes nothing from the script
 * </ul>
 */
public final class SimulatedProvider implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SimulatedProvider.class.getName());
    private static final int BACKLOG = 2048;
    private static final int SECONDS_TO_CLOSE = 5;
    /** Ten milliseconds: without file descriptors, accept fails again at once. */
    private static final long PAUSE_AFTER_FAILED_ACCEPT = 10_000_000;

    private final String name;
    private final ServerSocket server;
    private final ExecutorService threads;
    private final Thread acceptor;
    private final FaultScript script = new FaultScript();
    private final RecordedRequests journal = new RecordedRequests();
    private final ConditionSignal bell = new ConditionSignal();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile List<SimulatedCompletion> completions = List.of(SimulatedCompletion.hello());
    private volatile List<String> models = List.of("sim-model");

    private SimulatedProvider(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
        this.threads = ConnectionThreads.newExecutor(name);
        this.acceptor = ConnectionThreads.daemon("lab-" + name + "-accept", this::accept);
    }

    /** Starts one on a free port. */
    public static SimulatedProvider start(String name) {
        return start(name, 0);
    }

    /**
     * Starts one.
     *
     * @param port where to listen; 0 for a free port
     * @throws UncheckedIOException when the port is taken
     */
    public static SimulatedProvider start(String name, int port) {
        try {
            SimulatedProvider provider = new SimulatedProvider(
                    name, new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
            provider.acceptor.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, e);
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:<port>}, without a path. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What happens to the next requests. */
    public FaultScript script() {
        return script;
    }

    /** What the models say from now on. */
    public SimulatedProvider answer(SimulatedCompletion words) {
        completions = List.of(words);
        return this;
    }

    /**
     * What the models say in a loop of tools, from now on: one after the other, by how many results the conversation
     * holds. The last is said from then on, and to requests that offer no tools.
     */
    public SimulatedProvider turns(SimulatedCompletion... turns) {
        completions = List.of(turns);
        return this;
    }

    /** What the list of models tells. Other models are served as well. */
    public SimulatedProvider models(String... names) {
        models = List.of(names);
        return this;
    }

    /** The requests received, oldest first; of many, only the newest: 10,000, unless {@link #keep} says otherwise. */
    public List<RecordedRequest> received() {
        return journal.all();
    }

    /** How many requests {@link #received()} keeps. */
    public SimulatedProvider keep(int newest) {
        journal.keep(newest);
        return this;
    }

    /** How many requests were received. */
    public int count() {
        return journal.count();
    }

    /** How many requests were received for that model. */
    public int count(String model) {
        return journal.count(model);
    }

    /** How many connections were ever made, those reset at once included. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections are open, idle ones included. */
    public int openConnections() {
        return connections.size();
    }

    /** Waits until so many requests have been received. @return whether they were, in time */
    public boolean awaitCount(int requests, Duration atMost) throws InterruptedException {
        return bell.await(() -> count() >= requests, atMost);
    }

    /** Waits until so many of the kept requests were left by their client. @return whether they were, in time */
    public boolean awaitClientGone(int requests, Duration atMost) throws InterruptedException {
        return bell.await(
                () -> received().stream().filter(RecordedRequest::clientGone).count() >= requests, atMost);
    }

    /** Waits until exactly so many connections are open. @return whether they were, in time */
    public boolean awaitConnections(int open, Duration atMost) throws InterruptedException {
        return bell.await(() -> openConnections() == open, atMost);
    }

    /** Breaks all connections with RST, idle ones included, and goes on listening: a provider that was restarted. */
    public void dropConnections() {
        connections.forEach(connection -> stop(connection, true));
    }

    /**
     * Stops listening and closes all connections. Ends what waits or hangs. Once it returns, the port is free: it is
     * really closed only when the acceptor has left it.
     */
    @Override
    public void close() {
        try {
            server.close();
            threads.shutdown();
            connections.forEach(connection -> stop(connection, false));
            acceptor.join();
            if (!threads.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "The simulated provider {0} still has {1} connections", name, openConnections());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    RecordedRequest receive(HttpRequestMessage request) {
        RecordedRequest received = new RecordedRequest(request, journal.nextNumber(), System.nanoTime());
        journal.add(received);
        bell.ring();
        return received;
    }

    List<ResponseStep> steps(RecordedRequest received) {
        return received.asked()
                .map(asked -> steps(received, asked))
                .orElseGet(() -> ModelListEndpoint.steps(received, models));
    }

    private List<ResponseStep> steps(RecordedRequest received, SimulatedRequest asked) {
        SimulatedAnswer answer = new SimulatedAnswer(asked, said(asked));
        SimulatedFault fault =
                received.json().isObject() ? script.next(asked.model(), received.key()) : SimulatedFault.status(400);
        return fault.steps(answer);
    }

    private SimulatedCompletion said(SimulatedRequest asked) {
        List<SimulatedCompletion> turns = completions;
        int last = turns.size() - 1;
        boolean tools = !asked.body().path("tools").isEmpty();
        return turns.get(last == 0 || !tools ? last : Math.min(asked.dialect().toolResults(asked), last));
    }

    void ended(RecordedRequest received, Ending ending) {
        received.end(ending);
        bell.ring();
    }

    void left(ClientConnection connection) {
        connections.remove(connection);
        bell.ring();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                socket.setTcpNoDelay(true);
                serve(new ClientConnection(this, socket));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The simulated provider {0} accepts no connection: {1}", name, e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILED_ACCEPT);
            }
        }
    }

    private void serve(ClientConnection connection) {
        connections.add(connection);
        bell.ring();
        try {
            threads.execute(connection);
        } catch (RejectedExecutionException closing) {
            stop(connection, false);
            left(connection);
        }
    }

    private void stop(ClientConnection connection, boolean reset) {
        try {
            connection.stop(reset);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection to {0} was gone already: {1}", name, e.getMessage());
        }
    }
}
