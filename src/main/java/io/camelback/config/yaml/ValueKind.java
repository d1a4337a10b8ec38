package io.camelback.config.yaml;

import java.util.Collection;
import java.util.List;

/**
 * What a {@link ValueParser} takes, so that a schema of the file can be made of the readers themselves.
 *
 * @param least the smallest number it may be: bytes of a size, percent, else as it stands; 0 where there are no numbers
 * @param most the largest
 * @param words those that are allowed; empty unless the form is {@link Form#ONE_OF}
 */
public record ValueKind(Form form, long least, long most, List<String> words) {
    /** How the value is written. */
    public enum Form {
        /** Any text. */
        TEXT,
        /** {@code 500ms}, {@code 20s}, {@code 2m}, {@code 1h}. */
        DURATION,
        /** {@code 400d}. */
        DAYS,
        /** {@code 32MiB}, or plain bytes. */
        SIZE,
        /** {@code 200_000}. */
        WHOLE,
        /** {@code 40%}. */
        PERCENT,
        /** {@code 0.7}. */
        DECIMAL,
        /** {@code 7.50}. */
        DOLLARS,
        /** {@code true} or {@code false}. */
        FLAG,
        /** One of the words. */
        ONE_OF
    }

    public static final ValueKind TEXT = of(Form.TEXT);

    public ValueKind {
        words = List.copyOf(words);
    }

    public static ValueKind of(Form form) {
        return new ValueKind(form, 0, 0, List.of());
    }

    public static ValueKind between(Form form, long least, long most) {
        return new ValueKind(form, least, most, List.of());
    }

    public static ValueKind oneOf(Collection<String> words) {
        return new ValueKind(Form.ONE_OF, 0, 0, List.copyOf(words));
    }
}
