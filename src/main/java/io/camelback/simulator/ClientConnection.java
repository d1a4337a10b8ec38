package io.camelback.simulator;

import io.camelback.simulator.protocol.HttpRequestMessage;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.RecordedRequest.Ending;
import io.camelback.simulator.protocol.ResponseStep;
import io.camelback.simulator.protocol.ResponseStep.End;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One client connection: reads requests and executes the steps that answer them, one after the other. */
final class ClientConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());
    private static final byte[] BAD_REQUEST =
            ("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private final SimulatedProvider provider;
    private final Socket socket;
    private volatile boolean stopped;

    ClientConnection(SimulatedProvider provider, Socket socket) {
        this.provider = provider;
        this.socket = socket;
    }

    @Override
    public void run() {
        try (socket) {
            if (provider.script().resetsConnection()) {
                reset();
                return;
            }
            serve(new InboundBytes(socket), socket.getOutputStream());
        } catch (IOException e) {
            LOG.log(
                    Level.DEBUG,
                    "A connection to the simulated provider {0} ended: {1}",
                    provider.name(),
                    e.getMessage());
        } finally {
            provider.left(this);
        }
    }

    /** Ends the connection from outside, whatever it is doing. */
    void stop(boolean reset) throws IOException {
        stopped = true;
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private void serve(InboundBytes in, OutputStream out) throws IOException {
        HttpRequestReader reader = new HttpRequestReader(in, out);
        try {
            Optional<HttpRequestMessage> request = reader.next();
            while (request.isPresent() && answer(request.get(), in, out)) {
                request = reader.next();
            }
        } catch (ProtocolException e) {
            LOG.log(Level.DEBUG, "Bad request: {0}", e.getMessage());
            out.write(BAD_REQUEST);
        }
    }

    /** Whether the connection serves another request. */
    private boolean answer(HttpRequestMessage request, InboundBytes in, OutputStream out) throws IOException {
        RecordedRequest received = provider.receive(request);
        Ending ending = Ending.CLIENT_GONE;
        try {
            End end = play(provider.steps(received), received, in, out);
            ending = end == End.KEEP ? Ending.ANSWERED : Ending.CUT;
            return end == End.KEEP && request.keepsAlive();
        } finally {
            provider.ended(received, stopped && ending == Ending.CLIENT_GONE ? Ending.STOPPED : ending);
        }
    }

    private End play(List<ResponseStep> steps, RecordedRequest received, InboundBytes in, OutputStream out)
            throws IOException {
        End end = End.KEEP;
        for (ResponseStep step : steps) {
            if (step instanceof ResponseStep.Write write) {
                out.write(write.bytes());
                received.sent(write.tokens());
            } else if (step instanceof ResponseStep.Pause pause) {
                in.watch(pause.time().toNanos());
            } else if (step instanceof End last) {
                end = last;
            }
        }
        switch (end) {
            case KEEP -> {}
            case CLOSE -> socket.close();
            case RESET -> reset();
            case HANG -> in.watch(Long.MAX_VALUE);
        }
        return end;
    }

    private void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
