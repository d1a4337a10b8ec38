package io.camelback.chat;

/**
 * The source of a part of an answer: a web page. Other sources than pages have no name that another dialect knows.
 *
 * @param start the first character of the text that rests on it, counted in the whole text of the choice, as
 *     {@link Part#text} joins it
 * @param end the character after the last one
 * @param title null when not told
 * @param quote the words of the page; null when not told
 */
public record Citation(int start, int end, String url, String title, String quote) {
    /** The same in a text that begins so many characters earlier. */
    public Citation moved(int characters) {
        return new Citation(start + characters, end + characters, url, title, quote);
    }

    /** The place that a text has among {@code characters} characters: it never ends before it begins, nor outside. */
    public Citation within(int characters) {
        int first = Math.max(0, Math.min(start, characters));
        return new Citation(first, Math.max(first, Math.min(end, characters)), url, title, quote);
    }
}
