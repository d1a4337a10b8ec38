package io.camelback.json;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a text can still become JSON: whether there is any continuation with which it would be one value. Of names
 * and words only their beginning is looked at. Used once.
 */
public final class JsonPrefix {
    private enum State {
        VALUE,
        FIRST_ELEMENT,
        FIRST_KEY,
        KEY,
        COLON,
        NEXT,
        STRING,
        ESCAPE,
        WORD
    }

    private static final String WORD_CHARS = "+-.eE";

    private final Deque<Character> open = new ArrayDeque<>();
    private State state = State.VALUE;
    private boolean key;

    private JsonPrefix() {}

    public static boolean canBecomeJson(String text) {
        JsonPrefix prefix = new JsonPrefix();
        for (int i = 0; i < text.length(); i++) {
            if (!prefix.takes(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean takes(char c) {
        switch (state) {
            case STRING:
                if (c == '"') {
                    state = key ? State.COLON : State.NEXT;
                } else if (c == '\\') {
                    state = State.ESCAPE;
                }
                return c >= ' ';
            case ESCAPE:
                state = State.STRING;
                return "\"\\/bfnrtu".indexOf(c) >= 0;
            case WORD:
                if (Character.isLetterOrDigit(c) || WORD_CHARS.indexOf(c) >= 0) {
                    return true;
                }
                state = State.NEXT;
                return takesNext(c);
            default:
                return Character.isWhitespace(c) || takesToken(c);
        }
    }

    private boolean takesToken(char c) {
        return switch (state) {
            case VALUE -> begins(c);
            case FIRST_ELEMENT -> c == ']' ? closes('[') : begins(c);
            case FIRST_KEY -> c == '}' ? closes('{') : beginsKey(c);
            case KEY -> beginsKey(c);
            case COLON -> {
                state = State.VALUE;
                yield c == ':';
            }
            default -> takesNext(c);
        };
    }

    private boolean begins(char c) {
        switch (c) {
            case '{' -> {
                open.push(c);
                state = State.FIRST_KEY;
            }
            case '[' -> {
                open.push(c);
                state = State.FIRST_ELEMENT;
            }
            case '"' -> {
                key = false;
                state = State.STRING;
            }
            default -> {
                state = State.WORD;
                return c == '-' || Character.isDigit(c) || "tfn".indexOf(c) >= 0;
            }
        }
        return true;
    }

    private boolean beginsKey(char c) {
        key = true;
        state = State.STRING;
        return c == '"';
    }

    private boolean closes(char opening) {
        state = State.NEXT;
        return !open.isEmpty() && open.pop() == opening;
    }

    private boolean takesNext(char c) {
        if (Character.isWhitespace(c)) {
            return true;
        }
        if (c == '}' || c == ']') {
            return closes(c == '}' ? '{' : '[');
        }
        if (c != ',' || open.isEmpty()) {
            return false;
        }
        state = open.peek() == '{' ? State.KEY : State.VALUE;
        return true;
    }
}
