package io.camelback.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A response's bytes. Closing it before its end drops the connection: draining it would let the provider go on and bill. */
final class UpstreamBody extends FilterInputStream {
    private final UpstreamCall call;
    private final Runnable dropConnection;
    private boolean ended;
    private volatile boolean released;

    UpstreamBody(InputStream in, UpstreamCall call, Runnable dropConnection) {
        super(in);
        this.call = call;
        this.dropConnection = dropConnection;
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

    /** Called by whoever was handed the stream, {@code camel-http} included; a leased call outlives that. */
    @Override
    public void close() throws IOException {
        if (!call.leased()) {
            call.close();
        }
    }

    /** At the end of the stream the connection is already back in its pool; before, it is dropped. */
    void discard() {
        if (!released) {
            released = true;
            if (!ended) {
                dropConnection.run();
            }
        }
    }
}
