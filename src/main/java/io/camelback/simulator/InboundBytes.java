package io.camelback.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * The bytes that a client sends. Waiting is reading, too: the pause before a token is a read with a time-out, so that
 * the client's leaving, and the closing of the socket by {@link SimulatedProvider#close()}, end it at once and without
 * a second thread.
 */
final class InboundBytes {
    private static final System.Logger LOG = System.getLogger(InboundBytes.class.getName());
    private static final int LONGEST_LINE = 64 << 10;
    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[8 << 10];
    private int from;
    private int to;

    InboundBytes(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** The next line without its end; null at the end of the stream. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = read();
        if (next < 0) {
            return null;
        }
        for (; next != '\n'; next = read()) {
            if (next < 0) {
                throw new EOFException("The client left within a line");
            } else if (line.length() >= LONGEST_LINE) {
                throw new ProtocolException("A line is longer than " + LONGEST_LINE + " bytes");
            }
            line.append((char) next);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int done = Math.min(count, to - from);
        System.arraycopy(buffer, from, bytes, 0, done);
        from += done;
        socket.setSoTimeout(0);
        if (in.readNBytes(bytes, done, count - done) < count - done) {
            throw new EOFException("The client left within a body");
        }
        return bytes;
    }

    /**
     * Waits. What the client sends meanwhile is kept for the next request.
     *
     * @param nanos how long; {@link Long#MAX_VALUE} for ever
     * @throws EOFException when the client closes its side; clients that only half-close count as gone
     */
    void watch(long nanos) throws IOException {
        long start = System.nanoTime();
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
            socket.setSoTimeout(nanos == Long.MAX_VALUE ? 0 : (int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1));
            try {
                if (!fill()) {
                    throw new EOFException("The client has left");
                }
            } catch (SocketTimeoutException timeIsUp) {
                LOG.log(Level.TRACE, "Waited {0} ns", nanos);
            }
        }
    }

    private int read() throws IOException {
        if (from == to) {
            socket.setSoTimeout(0);
            if (!fill()) {
                return -1;
            }
        }
        return buffer[from++] & 0xff;
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            if (to >= LONGEST_LINE) {
                throw new ProtocolException("The client sends on while it is being answered");
            }
            buffer = Arrays.copyOf(buffer, 2 * to);
        }
        int count = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, count);
        return count >= 0;
    }
}
