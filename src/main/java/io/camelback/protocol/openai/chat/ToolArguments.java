package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.json.JsonPrefix;

/**
 * The arguments of a call as they come in pieces. Some servers repeat all that was sent before in each piece, or send
 * all of it once more at the end: put together as they come, they are no JSON, and agents run with nothing or loop.
 * What brings something new is told, whatever it is: arguments that are lost would be worse than arguments that are no
 * JSON.
 *
 * @see <a href="https://github.com/NousResearch/hermes-agent/issues/35718">repeated arguments</a>
 * @see <a href="https://github.com/anomalyco/opencode/issues/17339">the same, elsewhere</a>
 */
public final class ToolArguments {
    /** How many pieces may bring nothing. Further ones are passed on, so that the limits of an answer see them. */
    private static final int MOST_REPEATS = 100;

    private final StringBuilder whole = new StringBuilder();
    private boolean cumulative;
    private int repeats;
    private boolean blank = true;
    private boolean object;
    private boolean closed;
    private int depth;
    private boolean quoted;
    private boolean escaped;

    /** What a piece adds, as it may be told; empty for what was told before. */
    String add(String piece) {
        boolean first = blank;
        if (!first && !object || piece.isEmpty()) {
            return append(piece);
        }
        if (first) {
            object = piece.stripLeading().startsWith("{");
            return append(mended(piece));
        }
        if (closed) {
            return repeats < MOST_REPEATS && piece.contentEquals(whole) ? repeated() : append(piece);
        }
        if (isContinued(piece)) {
            cumulative = true;
            String more = piece.substring(whole.length());
            return more.isEmpty() ? repeated() : append(more);
        }
        return append(piece);
    }

    private String repeated() {
        repeats++;
        return "";
    }

    /** Whether a piece begins with all that was there, and does so because it was sent again. */
    private boolean isContinued(String piece) {
        if (repeats >= MOST_REPEATS || piece.length() < whole.length()) {
            return false;
        }
        for (int i = 0; i < whole.length(); i++) {
            if (piece.charAt(i) != whole.charAt(i)) {
                return false;
            }
        }
        return cumulative || !JsonPrefix.canBecomeJson(whole + piece);
    }

    private String append(String piece) {
        whole.append(piece);
        blank &= piece.isBlank();
        for (int i = 0; object && !closed && i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (quoted && c == '\\') {
                escaped = true;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '}')) {
                depth += c == '{' ? 1 : -1;
                closed = depth == 0;
            }
        }
        return piece;
    }

    /** Whether they are the beginning of an object, and not all of it. */
    boolean isCut() {
        return object && !isComplete();
    }

    boolean isComplete() {
        return closed && isObject(whole.toString());
    }

    /** Arguments that hold several objects: the last one that is not empty. Others as they are. */
    public static String mended(String arguments) {
        if (!arguments.stripLeading().startsWith("{") || isObject(arguments)) {
            return arguments;
        }
        String best = null;
        String rest = arguments.strip();
        while (!rest.isEmpty()) {
            int end = endOfObject(rest);
            if (end < 0) {
                return arguments;
            }
            String object = rest.substring(0, end);
            if (!isObject(object)) {
                return arguments;
            }
            best = best == null || !isEmptyObject(object) ? object : best;
            rest = rest.substring(end).strip();
        }
        return best;
    }

    /** Behind the object that a text begins with; negative when it does not end. */
    private static int endOfObject(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '}')) {
                depth += c == '{' ? 1 : -1;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private static boolean isEmptyObject(String text) {
        return text.replaceAll("\\s", "").equals("{}");
    }

    private static boolean isObject(String text) {
        try {
            JsonNode read = Json.read(text);
            return read != null && read.isObject();
        } catch (JsonProcessingException incomplete) {
            return false;
        }
    }
}
