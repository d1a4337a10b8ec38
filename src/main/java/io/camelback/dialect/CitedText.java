package io.camelback.dialect;

/**
 * The text of an answer, so far. Every dialect counts the places in it its own way: OpenAI in characters, Google in bytes of
 * UTF-8, and we in Java's chars.
 */
public final class CitedText {
    private final StringBuilder text = new StringBuilder();

    /** A text that is whole. */
    public static CitedText of(String whole) {
        CitedText cited = new CitedText();
        cited.add(whole);
        return cited;
    }

    public void add(String piece) {
        text.append(piece);
    }

    public int length() {
        return text.length();
    }

    /** The place after so many characters; the text's end when it has fewer. */
    public int afterCharacters(int count) {
        int place = 0;
        for (int i = 0; i < count && place < text.length(); i++) {
            place += Character.charCount(text.codePointAt(place));
        }
        return place;
    }

    /** How many characters stand before a place. */
    public int characters(int place) {
        return text.codePointCount(0, inside(place));
    }

    /** The place after so many bytes of UTF-8; the text's end when it has fewer. */
    public int afterBytes(int count) {
        int bytes = 0;
        int place = 0;
        while (bytes < count && place < text.length()) {
            int character = text.codePointAt(place);
            bytes += bytesOf(character);
            place += Character.charCount(character);
        }
        return place;
    }

    /** How many bytes of UTF-8 stand before a place. */
    public int bytes(int place) {
        return text.substring(0, inside(place)).codePoints().map(CitedText::bytesOf).sum();
    }

    public String between(int start, int end) {
        return text.substring(inside(start), Math.max(inside(start), inside(end)));
    }

    private int inside(int place) {
        return Math.max(0, Math.min(place, text.length()));
    }

    private static int bytesOf(int character) {
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
