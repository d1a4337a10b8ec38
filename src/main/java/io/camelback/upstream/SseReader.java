package io.camelback.upstream;

import io.camelback.failure.MemoryShortageException;
import io.camelback.failure.SseEventTooLargeException;
import io.camelback.memory.JsonFootprint;
import io.camelback.memory.MemoryLease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads server-sent events as real servers send them: lines end with LF, CR or CRLF, wherever reads happen to split
 * them; text is decoded per event, so that no character is ever cut; malformed UTF-8 becomes U+FFFD. Comments,
 * {@code id} and {@code retry} are skipped, and so is an event without data.
 *
 * <p>Unlike a browser, it loses no error: it gives out an event that the stream's end left without its blank line, an
 * event named {@code error} that has no data, the value of a field {@code error:}, and a line that is JSON or markup
 * and no field at all, as proxies and servers send them when they fail in the middle of a stream.
 *
 * <p>An event is returned as soon as its blank line is read, without waiting for another byte. Used by one thread; the
 * stream is not closed here.
 */
public final class SseReader {
    /** Enough for text, by far. */
    public static final int MAX_EVENT_BYTES = 1 << 20;
    /** Enough for images inside an event, and for a whole answer as its last event. */
    public static final int MAX_LARGE_EVENT_BYTES = 16 << 20;

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r'};

    /** Smaller events are not counted, in bytes. */
    private static final int COUNTED = 64 << 10;
    /**
     * What an event takes while it is read, for each of its bytes: line, data and text of it, two of which double as
     * they grow.
     */
    private static final int COPIES = 4;
    /**
     * After so many bytes others have their turn: a stream that is never waited for would keep a virtual thread's
     * carrier.
     */
    private static final int TURN = 1 << 20;

    private final InputStream in;
    private final int maxEventBytes;
    private final MemoryLease lease;
    private long counted;
    private int sinceTurn;
    private final byte[] buffer = new byte[8 << 10];
    private final Bytes line = new Bytes();
    private final Bytes data = new Bytes();
    private int position;
    private int limit;
    private boolean skipLineFeed;
    private boolean firstLine = true;
    private boolean hasData;
    private String name;

    public SseReader(InputStream in) {
        this(in, MAX_EVENT_BYTES);
    }

    /** @param maxEventBytes the most bytes the lines of one event may have, at least 1 */
    public SseReader(InputStream in, int maxEventBytes) {
        this(in, maxEventBytes, null);
    }

    /**
     * @param maxEventBytes the most bytes the lines of one event may have, at least 1
     * @param lease counts what a large event takes until the next is asked for; null when nobody counts
     */
    public SseReader(InputStream in, int maxEventBytes, MemoryLease lease) {
        if (maxEventBytes < 1) {
            throw new IllegalArgumentException("maxEventBytes " + maxEventBytes);
        }
        this.in = in;
        this.maxEventBytes = maxEventBytes;
        this.lease = lease;
    }

    /**
     * The next event, waiting for it.
     *
     * @return null at the stream's end, and ever after
     * @throws SseEventTooLargeException when the event is larger than allowed; the stream is of no more use then
     * @throws MemoryShortageException when the lease cannot grow
     */
    public SseEvent next() throws IOException {
        if (counted > 0) {
            lease.shrink(counted);
            counted = 0;
        }
        while (readLine()) {
            if (line.length > 0) {
                field();
                continue;
            }
            SseEvent event = dispatch();
            if (event != null) {
                return event;
            }
        }
        return dispatch();
    }

    /** Whether something that is no blank line has been received already and not been read yet; waits for nothing. */
    public boolean hasMore() {
        for (int at = position; at < limit; at++) {
            if (buffer[at] != '\n' && buffer[at] != '\r') {
                return true;
            }
        }
        return false;
    }

    /** Reads one line without its end. @return false at the end of the stream, when there is no line */
    private boolean readLine() throws IOException {
        line.clear();
        while (position < limit || fill()) {
            if (skipLineFeed) {
                skipLineFeed = false;
                if (buffer[position] == '\n') {
                    position++;
                    continue;
                }
            }
            int end = lineEnd();
            line.add(buffer, position, end);
            if (line.length + data.length > maxEventBytes) {
                throw new SseEventTooLargeException(maxEventBytes);
            }
            count(line.length + data.length);
            if (end < limit) {
                skipLineFeed = buffer[end] == '\r';
                position = end + 1;
                stripByteOrderMark();
                return true;
            }
            position = limit;
        }
        stripByteOrderMark();
        return line.length > 0;
    }

    private void count(int size) throws MemoryShortageException {
        if (lease != null && size > COUNTED && (long) size * COPIES > counted) {
            grow((long) size * COPIES + COUNTED - counted);
        }
    }

    private void grow(long more) throws MemoryShortageException {
        if (!lease.grow(more)) {
            throw new MemoryShortageException();
        }
        counted += more;
    }

    private int lineEnd() {
        int end = position;
        while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        sinceTurn += limit;
        if (sinceTurn > TURN) {
            sinceTurn = 0;
            Thread.yield();
        }
        return limit > 0;
    }

    private void stripByteOrderMark() {
        if (firstLine) {
            firstLine = false;
            byte[] bytes = line.bytes;
            if (line.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
                line.dropFirst(3);
            }
        }
    }

    private void field() {
        if (isBare()) {
            addData(0);
            return;
        }
        int colon = 0;
        while (colon < line.length && line.bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, line.length);
        if (value < line.length && line.bytes[value] == ' ') {
            value++;
        }
        if (isField(DATA, colon)) {
            addData(value);
        } else if (isField(EVENT, colon)) {
            name = value == line.length
                    ? null
                    : new String(line.bytes, value, line.length - value, StandardCharsets.UTF_8);
        } else if (isField(ERROR, colon)) {
            name = "error";
            addData(value);
        }
    }

    /** Whether a line is JSON or markup, which no field's name begins with. */
    private boolean isBare() {
        return line.bytes[0] == '{'
                || line.bytes[0] == '<'
                || line.bytes[0] == '[' && line.length > 1 && line.bytes[1] == '{';
    }

    private void addData(int from) {
        if (hasData) {
            data.add('\n');
        }
        hasData = true;
        data.add(line.bytes, from, line.length);
    }

    private boolean isField(byte[] field, int length) {
        return Arrays.equals(field, 0, field.length, line.bytes, 0, length);
    }

    /** The event collected so far, which is then forgotten; null when it has no data and is no error. */
    private SseEvent dispatch() throws IOException {
        SseEvent event = data.length == 0 && !SseEvent.isError(name)
                ? null
                : new SseEvent(name, new String(data.bytes, 0, data.length, StandardCharsets.UTF_8));
        if (event != null && data.length > COUNTED && lease != null) {
            grow(JsonFootprint.of(event.data()));
        }
        name = null;
        hasData = false;
        data.clear();
        return event;
    }

    /** Bytes that grow, and shrink again after an unusually large event. */
    private static final class Bytes {
        private static final int KEPT = 64 << 10;
        private byte[] bytes = new byte[512];
        private int length;

        void add(byte[] source, int from, int to) {
            ensure(to - from);
            System.arraycopy(source, from, bytes, length, to - from);
            length += to - from;
        }

        void add(char ascii) {
            ensure(1);
            bytes[length++] = (byte) ascii;
        }

        private void ensure(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }

        void dropFirst(int count) {
            System.arraycopy(bytes, count, bytes, 0, length - count);
            length -= count;
        }

        void clear() {
            length = 0;
            if (bytes.length > KEPT) {
                bytes = new byte[512];
            }
        }
    }
}
