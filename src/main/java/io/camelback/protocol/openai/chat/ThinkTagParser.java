package io.camelback.protocol.openai.chat;

import io.camelback.chat.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the reasoning out of the text of servers that write it there, between {@code <think>} and {@code </think>}
 * (MiniMax, vLLM without a parser, old Ollama; docs/wire-formats.md, trap 38). Only a tag that opens the answer counts:
 * further on it is what the model talks about. A tag may come in pieces, so what could be the beginning of one is held
 * back. One per choice.
 *
 * <p>Where a chat template has swallowed the opening tag, a stream cannot be told from one without reasoning until it
 * is too late; then the text stays as it is.
 */
public final class ThinkTagParser {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum Place {
        BEFORE,
        THINKING,
        BETWEEN,
        TEXT
    }

    private final StringBuilder held = new StringBuilder();
    private Place place = Place.BEFORE;

    /** Answers that are complete: text that begins with reasoning in two parts, everything else as it is. */
    public static List<Part> split(List<Part> parts) {
        ThinkTagParser tags = new ThinkTagParser();
        List<Part> result = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                result.addAll(tags.add(text.text()));
            } else {
                result.addAll(tags.end());
                result.add(part);
            }
        }
        result.addAll(tags.end());
        return result;
    }

    /** @return what is certain by now: reasoning, text, both or nothing */
    List<Part> add(String piece) {
        if (place == Place.TEXT) {
            return text(piece);
        }
        held.append(piece);
        List<Part> parts = new ArrayList<>();
        if (place == Place.BEFORE) {
            open(parts);
        }
        if (place == Place.THINKING) {
            think(parts);
        }
        if (place == Place.BETWEEN && !held.toString().isBlank()) {
            place = Place.TEXT;
            parts.addAll(text(take(held.length()).stripLeading()));
        }
        return parts;
    }

    /** What was held back is given out: nothing more belongs to it. */
    List<Part> end() {
        Place before = place;
        String rest = take(held.length());
        place = before == Place.BEFORE && rest.isEmpty() ? Place.BEFORE : Place.TEXT;
        if (rest.isEmpty() || before == Place.BETWEEN) {
            return List.of();
        }
        return before == Place.THINKING ? List.of(thinking(rest)) : text(rest);
    }

    private void open(List<Part> parts) {
        String said = held.toString().stripLeading();
        if (said.startsWith(OPEN)) {
            take(held.length() - said.length() + OPEN.length());
            place = Place.THINKING;
        } else if (!OPEN.startsWith(said)) {
            place = Place.TEXT;
            parts.addAll(text(take(held.length())));
        }
    }

    private void think(List<Part> parts) {
        int close = held.indexOf(CLOSE);
        String thought = take(close >= 0 ? close : held.length() - begun());
        if (!thought.isEmpty()) {
            parts.add(thinking(thought));
        }
        if (close >= 0) {
            take(CLOSE.length());
            place = Place.BETWEEN;
        }
    }

    /** How much of a closing tag stands at the end. */
    private int begun() {
        int length = Math.min(CLOSE.length() - 1, held.length());
        while (!CLOSE.startsWith(held.substring(held.length() - length))) {
            length--;
        }
        return length;
    }

    private String take(int length) {
        String taken = held.substring(0, length);
        held.delete(0, length);
        return taken;
    }

    private static List<Part> text(String text) {
        return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }

    private static Part thinking(String text) {
        return new Part.Thinking(text, null, null, null);
    }
}
