package io.camelback.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests the known word closest to a mistyped one. */
public final class SpellingSuggestion {
    private SpellingSuggestion() {}

    /** What may stand there, and the likeliest first. */
    public static String hint(String word, Collection<String> allowed) {
        String list = allowed.isEmpty() ? "There is none yet" : "Allowed: " + String.join(", ", allowed);
        return find(word, allowed)
                .map(name -> "Did you mean " + name + "? " + list)
                .orElse(list);
    }

    /** The word with the fewest edits, if a third of the letters are right where they are. */
    public static Optional<String> find(String word, Collection<String> allowed) {
        int limit = Math.max(1, word.length() / 3);
        return allowed.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= limit)
                .filter(candidate -> edits(word, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /** Levenshtein's distance. */
    static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
