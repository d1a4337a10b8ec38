package io.camelback.config;

/** Makes a value of a text. */
@FunctionalInterface
interface Parser<T> {
    T parse(String text) throws Unreadable;

    /** The text is no such value. Says why and what to write instead, and never repeats the text: it may come from a secret. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        final String fix;

        Unreadable(String message, String fix) {
            super(message, null, false, false);
            this.fix = fix;
        }
    }
}
