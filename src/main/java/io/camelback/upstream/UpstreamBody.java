package io.camelback.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The decompressed body of a response. Closing it before its end drops the connection: draining it would let the
 * provider go on and bill.
 */
final class UpstreamBody extends FilterInputStream {
    private static final int MOST_DRAINED = 4096;
    private final WireInput wire;
    private final UpstreamCall call;
    private final Runnable dropConnection;
    private volatile boolean released;

    /**
     * @param encoding the header {@code Content-Encoding}; null when there is none
     * @param most the most that may come out of it when it is unpacked, in bytes
     * @throws IOException when there is no way to read that encoding
     */
    UpstreamBody(InputStream in, String encoding, int most, UpstreamCall call, Runnable dropConnection)
            throws IOException {
        this(new WireInput(in), encoding, most, call, dropConnection);
    }

    private UpstreamBody(WireInput wire, String encoding, int most, UpstreamCall call, Runnable dropConnection)
            throws IOException {
        super(ContentDecoder.of(encoding, wire, most));
        this.wire = wire;
        this.call = call;
        this.dropConnection = dropConnection;
    }

    /** Called by whoever was handed the stream, {@code camel-http} included; a leased call outlives that. */
    @Override
    public void close() throws IOException {
        if (!call.leased()) {
            call.close();
        }
    }

    /**
     * Reads what ends the response after its last event, so that the connection can serve another call. Nobody has to
     * listen to more than a little of it.
     */
    void drain() {
        byte[] rest = new byte[512];
        try {
            for (int left = MOST_DRAINED; left > 0 && !wire.ended && !released; ) {
                left -= Math.max(1, wire.read(rest));
            }
        } catch (IOException e) {
            // The answer is complete, so only the connection is lost; discard() sees to it.
            wire.ended = false;
        }
    }

    /** At the end of the stream the connection is already back in its pool; before, it is dropped. */
    void discard() {
        if (!released) {
            released = true;
            if (!wire.ended) {
                dropConnection.run();
            }
        }
    }

    /** The bytes as they come; knows when they have ended. */
    private static final class WireInput extends FilterInputStream {
        private volatile boolean ended;

        WireInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            ended |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = super.read(buffer, from, length);
            ended |= count < 0;
            return count;
        }

        /** Only by an unpacker that has come to its end. */
        @Override
        public void close() {
            // The response is released in discard().
        }
    }
}
