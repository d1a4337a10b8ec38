package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.json.JsonPrefix;

/**
 * The arguments of a call as they come in pieces. Some servers repeat all that was sent before in each piece, or send
 * all of it once more at the end, or an empty object before the real one: put together as they come, they are no JSON,
 * and agents run with nothing or loop.
 *
 * @see <a href="https://github.com/NousResearch/hermes-agent/issues/35718">repeated arguments</a>
 * @see <a href="https://github.com/anomalyco/opencode/issues/17339">the same, elsewhere</a>
 */
public final class ToolArguments {
    private final StringBuilder whole = new StringBuilder();
    private boolean cumulative;
    /** What a piece adds, as it may be told; empty for what was told before. */
    String add(String piece) {
        if (piece.isEmpty()) {
            return "";
        }
        String before = whole.toString();
        if (!before.stripLeading().startsWith("{")) {
            return begin(piece);
        }
        if (isObject(before)) {
            return "";
        }
        boolean again = piece.startsWith(before) && (cumulative || !JsonPrefix.canBecomeJson(before + piece));
        if (again) {
            cumulative = true;
            whole.append(piece, before.length(), piece.length());
            return piece.substring(before.length());
        }
        whole.append(piece);
        return piece;
    }

    private String begin(String piece) {
        String mended = mended(piece);
        whole.append(mended);
        return mended;
    }

    /** All of them so far. */
    String whole() {
        return whole.toString();
    }

    boolean isComplete() {
        return isObject(whole.toString());
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
