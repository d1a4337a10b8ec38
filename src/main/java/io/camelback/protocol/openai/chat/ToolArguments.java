package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.json.JsonObjectScanner;
import io.camelback.json.JsonPrefix;

/**
 * The arguments of a call as they come in pieces. Some servers repeat all that was sent before in each piece, or send
 * all of it once more at the end: put together as they come, they are no JSON, and agents run with nothing or loop.
 * What brings something new is told, whatever it is: arguments that are lost would be worse than arguments that are no
 * JSON. Others send an empty object before the real one: whoever can, holds it back until something else follows than
 * another object, or the call ends.
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
    private JsonObjectScanner scanner = new JsonObjectScanner();
    /** Whether what is there is one object; null until that is looked at, and again after each piece. */
    private Boolean complete;
    /** An empty object, untold. */
    private String held = "";

    private final boolean holds;

    /** @param holds whether an empty object is held back: then {@link #rest()} must be asked for at the call's end */
    ToolArguments(boolean holds) {
        this.holds = holds;
    }

    /** What a piece adds, as it may be told; empty for what was told before. */
    String add(String piece) {
        if (!held.isEmpty()) {
            return addToEmpty(piece);
        }
        if (holds && blank && isEmptyObject(piece)) {
            object = true;
            held = append(piece);
            return "";
        }
        return tell(piece);
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    /** What was held back; empty for nothing. To be told at the call's end. */
    String rest() {
        String rest = held;
        held = "";
        return rest;
    }

    /** What follows an empty object: the real one takes its place. */
    private String addToEmpty(String piece) {
        if (piece.isEmpty()) {
            return "";
        }
        boolean again = repeats < MOST_REPEATS && piece.stripLeading().startsWith("{");
        if (again && isEmptyObject(piece)) {
            return repeated();
        }
        String rest = rest();
        if (!again) {
            return rest + append(piece);
        }
        whole.setLength(0);
        scanner = new JsonObjectScanner();
        return append(mended(piece));
    }

    private String tell(String piece) {
        boolean first = blank;
        if (!first && !object || piece.isEmpty()) {
            return append(piece);
        }
        if (first) {
            object = piece.stripLeading().startsWith("{");
            return append(mended(piece));
        }
        if (scanner.ended()) {
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
        complete = null;
        if (object) {
            scanner.read(piece, 0);
        }
        return piece;
    }

    /** Whether they are the beginning of an object, and not all of it. */
    boolean isCut() {
        return object && !isComplete();
    }

    boolean isComplete() {
        if (complete == null) {
            complete = scanner.ended() && isObject(whole.toString());
        }
        return complete;
    }

    /**
     * Arguments that hold one object several times, or empty ones beside it: that object. Others as they are, as of two
     * objects neither may be lost.
     */
    public static String mended(String arguments) {
        int at = skipBlanks(arguments, 0);
        if (at == arguments.length() || arguments.charAt(at) != '{' || isObject(arguments)) {
            return arguments;
        }
        String only = null;
        while (at < arguments.length()) {
            int end = new JsonObjectScanner().read(arguments, at);
            String object = end < 0 ? null : arguments.substring(at, end);
            if (object == null || !isObject(object)) {
                return arguments;
            }
            if (only == null || isEmptyObject(only)) {
                only = object;
            } else if (!only.equals(object) && !isEmptyObject(object)) {
                return arguments;
            }
            at = skipBlanks(arguments, end);
        }
        return only;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** @param text may have blanks around it */
    private static boolean isEmptyObject(String text) {
        int open = skipBlanks(text, 0);
        if (open == text.length() || text.charAt(open) != '{') {
            return false;
        }
        int close = skipBlanks(text, open + 1);
        return close < text.length() && text.charAt(close) == '}' && skipBlanks(text, close + 1) == text.length();
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
