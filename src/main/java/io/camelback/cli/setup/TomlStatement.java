package io.camelback.cli.setup;

import java.util.ArrayList;
import java.util.List;

/**
 * One table header, or one key with its value, in a TOML text.
 *
 * @param key the whole key, from the top of the file; of a header, the table's
 * @param header whether a table begins here
 * @param start the offset of the line
 * @param value the offset of the value, or of the line's end for a header
 * @param valueEnd the offset after the value
 * @param end the offset after the line
 */
record TomlStatement(List<String> key, boolean header, int start, int value, int valueEnd, int end) {

    /** All statements of a text, in order. */
    static List<TomlStatement> of(String text) throws SettingsFormatException {
        return new Scanner(text).all();
    }

    private static final class Scanner {
        private final String text;
        private final List<TomlStatement> found = new ArrayList<>();
        private List<String> table = List.of();
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        List<TomlStatement> all() throws SettingsFormatException {
            while (at < text.length()) {
                int line = at;
                skipBlanks();
                if (more() && text.charAt(at) == '[') {
                    header(line);
                } else if (more() && text.charAt(at) != '#' && !atLineEnd()) {
                    keyValue(line);
                } else {
                    skipLine();
                }
            }
            return found;
        }

        private void header(int line) throws SettingsFormatException {
            boolean array = text.startsWith("[[", at);
            at += array ? 2 : 1;
            table = key(']');
            at += array ? 2 : 1;
            int end = Math.min(at, text.length());
            skipLine();
            found.add(new TomlStatement(table, true, line, end, end, at));
        }

        private void keyValue(int line) throws SettingsFormatException {
            List<String> key = new ArrayList<>(table);
            key.addAll(key('='));
            at++;
            skipBlanks();
            int value = at;
            int valueEnd = value();
            skipLine();
            found.add(new TomlStatement(List.copyOf(key), false, line, value, valueEnd, at));
        }

        private List<String> key(char last) throws SettingsFormatException {
            List<String> parts = new ArrayList<>();
            StringBuilder part = new StringBuilder();
            while (true) {
                if (!more() || atLineEnd()) {
                    throw problem();
                }
                char c = text.charAt(at);
                if (c == last || c == '.') {
                    parts.add(part.toString().strip());
                    part.setLength(0);
                    if (c == last) {
                        return List.copyOf(parts);
                    }
                    at++;
                } else if (c == '"' || c == '\'') {
                    int start = ++at;
                    at = stringEnd(start, String.valueOf(c));
                    part.append(text, start, at - 1);
                } else {
                    part.append(c);
                    at++;
                }
            }
        }

        /** Moves to the end of the value's last line. @return the end of the value itself */
        private int value() throws SettingsFormatException {
            int depth = 0;
            int end = at;
            while (more() && (depth > 0 || !atLineEnd())) {
                char c = text.charAt(at);
                if (c == '#') {
                    while (more() && !atLineEnd()) {
                        at++;
                    }
                    continue;
                }
                if (c == '"' || c == '\'') {
                    String quote = text.startsWith(String.valueOf(c).repeat(3), at)
                            ? String.valueOf(c).repeat(3)
                            : String.valueOf(c);
                    at = stringEnd(at + quote.length(), quote);
                    end = at;
                    continue;
                }
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
                at++;
                end = Character.isWhitespace(c) ? end : at;
            }
            if (depth != 0) {
                throw problem();
            }
            return end;
        }

        /** The offset after the quote that ends a string. */
        private int stringEnd(int from, String quote) throws SettingsFormatException {
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && quote.startsWith("\"")) {
                    i++;
                } else if (text.startsWith(quote, i)) {
                    int end = i + quote.length();
                    while (quote.length() == 3 && end < text.length() && text.charAt(end) == quote.charAt(0)) {
                        end++;
                    }
                    return end;
                } else if (c == '\n' && quote.length() == 1) {
                    break;
                }
            }
            throw problem();
        }

        private SettingsFormatException problem() {
            long line = 1
                    + text.substring(0, Math.min(at, text.length()))
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            return new SettingsFormatException("is not valid TOML in line " + line + ". Mend it, or move it away");
        }

        private boolean more() {
            return at < text.length();
        }

        private boolean atLineEnd() {
            return text.charAt(at) == '\n' || text.startsWith("\r\n", at);
        }

        private void skipBlanks() {
            while (more() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private void skipLine() {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
        }
    }
}
