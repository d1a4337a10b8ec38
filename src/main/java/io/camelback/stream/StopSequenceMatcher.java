package io.camelback.stream;

import java.util.List;

/**
 * Cuts a streamed text at its first stop sequence, for providers that do not support them. What could be the beginning
 * of one is held back until more is known, and no more than that. One per choice.
 */
final class StopSequenceMatcher {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private String met;

    /** @param stops none of them empty */
    StopSequenceMatcher(List<String> stops) {
        this.stops = List.copyOf(stops);
    }

    /** The sequence that was met; null while none was. */
    String met() {
        return met;
    }

    /** What of the text so far may be told now. */
    String add(String piece) {
        if (met != null) {
            return "";
        }
        held.append(piece);
        int cut = firstStop();
        int safe = met != null ? cut : held.length() - possible();
        String told = held.substring(0, safe);
        held.delete(0, safe);
        return told;
    }

    /** What was held back, when no more text can follow it. */
    String rest() {
        String rest = met == null ? held.toString() : "";
        held.setLength(0);
        return rest;
    }

    /** Of those that are in the text, the one that begins first, and of two at one place the longer. */
    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            boolean better = at >= 0 && (first < 0 || at < first || at == first && stop.length() > met.length());
            if (better) {
                first = at;
                met = stop;
            }
        }
        return first;
    }

    /** The length of the longest end of the text that one of the sequences begins with. */
    private int possible() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
