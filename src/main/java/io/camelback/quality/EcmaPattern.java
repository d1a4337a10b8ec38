package io.camelback.quality;

/**
 * A pattern as JSON Schema has it, in ECMA-262's syntax, written for RE2: escapes that RE2 writes otherwise, and the
 * sets of characters that are larger in ECMA-262. What RE2 has not, such as look-around, is left for RE2 to refuse.
 */
final class EcmaPattern {
    /** White space and ends of lines that RE2's own {@code \s} leaves out. */
    private static final String MORE_SPACE =
            "\\x0b\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

    private static final String ANY_BUT_LINE_END = "[^\\n\\r\\x{2028}\\x{2029}]";

    private final String ecma;
    private final StringBuilder re2 = new StringBuilder();
    private int at;
    private boolean inClass;

    private EcmaPattern(String ecma) {
        this.ecma = ecma;
    }

    static String toRe2(String ecma) {
        EcmaPattern pattern = new EcmaPattern(ecma);
        pattern.translate();
        return pattern.re2.toString();
    }

    private void translate() {
        while (at < ecma.length()) {
            char c = ecma.charAt(at++);
            if (c == '\\' && at < ecma.length()) {
                escape(ecma.charAt(at++));
            } else if (c == '.' && !inClass) {
                re2.append(ANY_BUT_LINE_END);
            } else if (c == '[' && inClass) {
                re2.append("\\[");
            } else {
                inClass = c == '[' || inClass && c != ']';
                re2.append(c);
            }
        }
    }

    private void escape(char c) {
        switch (c) {
            case 'u' -> unicode();
            case 's' -> re2.append(inClass ? "\\s" + MORE_SPACE : "[\\s" + MORE_SPACE + "]");
            case 'S' -> re2.append(inClass ? "\\S" : "[^\\s" + MORE_SPACE + "]");
            case '0' -> re2.append("\\x00");
            // Of these, ECMA-262 has none, and RE2 means something by each.
            case 'Q', 'E', 'A', 'z', 'C', 'a' -> re2.append(c);
            default -> re2.append('\\').append(c);
        }
    }

    /** {@code \\u0041}, {@code \\u{1F600}} and the pair {@code \\uD83D\\uDE00}. */
    private void unicode() {
        if (ecma.startsWith("{", at)) {
            re2.append("\\x");
            return;
        }
        int first = unit(at);
        int second = first >= 0 && Character.isHighSurrogate((char) first) && ecma.startsWith("\\u", at + 4)
                ? unit(at + 6)
                : -1;
        if (first < 0) {
            re2.append('u');
        } else if (second >= 0 && Character.isLowSurrogate((char) second)) {
            re2.append("\\x{")
                    .append(Integer.toHexString(Character.toCodePoint((char) first, (char) second)))
                    .append('}');
            at += 10;
        } else {
            re2.append("\\x{").append(Integer.toHexString(first)).append('}');
            at += 4;
        }
    }

    /** Four hexadecimal digits; -1 for anything else. */
    private int unit(int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < ecma.length() ? Character.digit(ecma.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
