package io.camelback.upstream;

import io.camelback.failure.UnpackedTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses a body that a provider or a proxy compressed without being asked (docs/failures.md E01 to E04). What is
 * flushed there comes out here at once: nothing waits for a buffer to fill.
 */
final class ContentDecoder extends InputStream {
    /** Small, because an unpacking stream is held for as long as a model speaks. */
    private static final int BUFFER = 2 << 10;

    private final InputStream packed;
    private final boolean gzip;
    private final int most;
    private InputStream unpacked;
    private long count;

    private ContentDecoder(InputStream packed, boolean gzip, int most) {
        this.packed = packed;
        this.most = most;
        this.gzip = gzip;
    }

    /**
     * The plain bytes. Nothing is read yet.
     *
     * @param encoding the header {@code Content-Encoding}; null when there is none
     * @param most the most that comes out of one body, in bytes: a few KiB can hold gigabytes
     * @throws ZipException when it is neither gzip nor deflate
     */
    static InputStream of(String encoding, InputStream body, int most) throws ZipException {
        String name = encoding == null ? "" : encoding.trim().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new ContentDecoder(body, true, most);
            case "deflate" -> new ContentDecoder(body, false, most);
            default -> throw new ZipException("an encoding that was not asked for");
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (unpacked == null) {
            unpacked = gzip ? new GZIPInputStream(packed, BUFFER) : inflating(packed);
        }
        int read = unpacked.read(buffer, from, length);
        count += Math.max(0, read);
        if (count > most) {
            throw new UnpackedTooLargeException(most);
        }
        return read;
    }

    /** Servers disagree on what "deflate" means: zlib's format, as the standard says, or the bare one. */
    private static InputStream inflating(InputStream packed) throws IOException {
        PushbackInputStream start = new PushbackInputStream(packed, 1);
        int first = start.read();
        if (first >= 0) {
            start.unread(first);
        }
        boolean zlib = (first & 0x0f) == 8 && first >> 4 <= 7;
        return new InflaterInputStream(start, new Inflater(!zlib), BUFFER) {
            @Override
            public void close() {
                inf.end();
            }
        };
    }

    /** Gives the unpacker's memory back; the packed stream is its owner's. */
    @Override
    public void close() throws IOException {
        if (unpacked != null) {
            unpacked.close();
        }
    }
}
