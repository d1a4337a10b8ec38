package io.camelback.config.yaml;

/** Parses a value from text. */
@FunctionalInterface
public interface ValueParser<T> {
    T parse(String text) throws UnreadableValueException;

    /** What it takes, as far as a schema can say it; any text unless said otherwise. */
    default ValueKind kind() {
        return ValueKind.TEXT;
    }

    /** The same parser, which says what it takes. */
    static <T> ValueParser<T> of(ValueKind kind, ValueParser<T> parser) {
        return new ValueParser<>() {
            @Override
            public T parse(String text) throws UnreadableValueException {
                return parser.parse(text);
            }

            @Override
            public ValueKind kind() {
                return kind;
            }
        };
    }

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
