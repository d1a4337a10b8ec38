package io.camelback.json;

/**
 * Tells where a JSON object ends in a text that may come in pieces: at the brace that closes the first one. Braces in
 * strings do not count. What stands between them is not checked. One per object.
 */
public final class JsonObjectScanner {
    private int depth;
    private boolean quoted;
    private boolean escaped;
    private boolean ended;

    /**
     * Reads the next piece.
     *
     * @param from where the object goes on in it
     * @return behind the object's end; negative when it does not end in this piece
     */
    public int read(CharSequence piece, int from) {
        for (int i = from; !ended && i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (quoted && c == '\\') {
                escaped = true;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '}')) {
                depth += c == '{' ? 1 : -1;
                ended = depth == 0;
                if (ended) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** Whether the object is whole. */
    public boolean ended() {
        return ended;
    }
}
