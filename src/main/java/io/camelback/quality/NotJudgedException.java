package io.camelback.quality;

import com.networknt.schema.SchemaException;

/**
 * An answer could not be checked: the check would take too long, or the schema is invalid. The message says why in
 * words of ours. A {@link SchemaException}, because the validator lets only those through without logging the caller's
 * schema.
 */
public final class NotJudgedException extends SchemaException {
    private static final long serialVersionUID = 1L;

    NotJudgedException(String why) {
        super(why);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
