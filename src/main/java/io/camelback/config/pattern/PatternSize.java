package io.camelback.config.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large RE2 would make a pattern, before it is asked to: it writes out every counted repetition, so that
 * {@code ((a{100}){100}){100}} becomes a million instructions. The estimate may be too high, never much too low.
 */
final class PatternSize {
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 200;
    private static final long MOST_INSTRUCTIONS = 20_000;
    /** Ranges outside ASCII whose upper and lower case RE2 looks up one character after the other. */
    private static final int MOST_FOLDED = 20;

    private final String text;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    private long group;
    private long atom;
    private boolean modest = true;

    private PatternSize(String text) {
        this.text = text;
    }

    static boolean isModest(String text) {
        if (text.length() > LONGEST || text.contains("(?") && folded(text) > MOST_FOLDED) {
            return false;
        }
        PatternSize size = new PatternSize(text);
        size.read();
        return size.modest && size.group <= MOST_INSTRUCTIONS;
    }

    private static long folded(String text) {
        long ranges = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '\\' && i + 1 < text.length() && "pPx".indexOf(text.charAt(i + 1)) >= 0;
            ranges += escaped || c > '~' ? 1 : 0;
        }
        return ranges;
    }

    private void read() {
        while (at < text.length() && modest) {
            char c = text.charAt(at++);
            switch (c) {
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                case '[' -> add(characterClass());
                case '\\' -> add(escape());
                default -> add(1);
            }
            modest = modest && group <= MOST_INSTRUCTIONS && outer.size() <= DEEPEST;
        }
        while (!outer.isEmpty()) {
            close();
        }
    }

    private void add(long instructions) {
        atom = instructions;
        group += instructions;
    }

    private void open() {
        outer.push(group);
        group = 0;
        atom = 0;
    }

    private void close() {
        if (!outer.isEmpty()) {
            long inner = group + 2;
            group = outer.pop();
            add(inner);
        }
    }

    /** {@code {n}}, {@code {n,}} and {@code {n,m}}; any other brace is a character. */
    private void repeat() {
        int end = text.indexOf('}', at);
        String counts = end < 0 || end - at > 12 ? "" : text.substring(at, end);
        if (!counts.matches("\\d{1,5}(,\\d{0,5})?")) {
            add(1);
            return;
        }
        int most = 1;
        for (String count : counts.split(",")) {
            most = Math.max(most, Integer.parseInt(count));
        }
        group += atom * (most - 1);
        atom *= most;
        at = end + 1;
    }

    private long characterClass() {
        int begin = at;
        at += at < text.length() && text.charAt(at) == '^' ? 1 : 0;
        at += at < text.length() && text.charAt(at) == ']' ? 1 : 0;
        while (at < text.length() && text.charAt(at) != ']') {
            int named = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
            at = named >= 0 ? named + 2 : at + (text.charAt(at) == '\\' ? 2 : 1);
        }
        at = Math.min(text.length(), at + 1);
        return 1 + (at - begin) / 16;
    }

    private long escape() {
        if (text.startsWith("Q", at)) {
            int end = text.indexOf("\\E", at);
            int begin = at;
            at = end < 0 ? text.length() : end + 2;
            return at - begin;
        }
        int brace = text.startsWith("{", at + 1) && at < text.length() && "pPx".indexOf(text.charAt(at)) >= 0
                ? text.indexOf('}', at)
                : -1;
        at = Math.min(text.length(), brace >= 0 ? brace + 1 : at + 1);
        return 1;
    }
}
