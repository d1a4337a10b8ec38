package io.camelback.upstream;

import io.camelback.failure.MemoryShortageException;
import io.camelback.memory.MemoryLease;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole body up to a limit. */
public final class BoundedBody {
    private static final int FIRST = 16 << 10;
    /** Not larger, because some collectors give a large array twice its room. */
    private static final int LARGEST = 256 << 10;

    private BoundedBody() {}

    /**
     * @param lease grows with what is read: twice as much, because the pieces are joined in the end
     * @return empty when there are more bytes than {@code max}
     * @throws MemoryShortageException when the lease cannot grow
     */
    public static Optional<byte[]> read(InputStream in, int max, MemoryLease lease) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        int total = 0;
        byte[] piece = new byte[FIRST];
        for (int read = in.readNBytes(piece, 0, FIRST); read > 0; read = in.readNBytes(piece, 0, piece.length)) {
            total += read;
            if (total > max) {
                return Optional.empty();
            }
            if (!lease.grow(2L * read)) {
                throw new MemoryShortageException();
            }
            pieces.add(piece);
            if (read < piece.length) {
                break;
            }
            piece = new byte[Math.min(LARGEST, piece.length * 2)];
        }
        return Optional.of(joined(pieces, total));
    }

    private static byte[] joined(List<byte[]> pieces, int total) {
        byte[] all = new byte[total];
        int at = 0;
        for (byte[] piece : pieces) {
            int length = Math.min(piece.length, total - at);
            System.arraycopy(piece, 0, all, at, length);
            at += length;
        }
        return all;
    }
}
