package io.camelback.config.yaml;

/** Makes a value of a text. */
@FunctionalInterface
public interface ValueParser<T> {
    T parse(String text) throws UnreadableValueException;

    /**
     * The text is no such value. Says why and what to write instead, and never repeats the text: it may come from a
     * secret.
     */
    final class UnreadableValueException extends Exception {
        private static final long serialVersionUID = 1L;
        public final String fix;

        public UnreadableValueException(String message, String fix) {
            super(message, null, false, false);
            this.fix = fix;
        }
    }
}
