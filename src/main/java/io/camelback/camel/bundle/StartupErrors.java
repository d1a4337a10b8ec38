package io.camelback.camel.bundle;

import io.camelback.config.yaml.ConfigException;

/** The error that stopped a start or a reload, as one text for the operator. */
public final class StartupErrors {
    private StartupErrors() {}

    /** The innermost message is the one that names the file and what is wrong in it. */
    public static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof ConfigException) {
                return message;
            }
            if (message != null && !last.contains(message)) {
                text.append(text.isEmpty() ? "" : " Because: ").append(message);
                last = message;
            }
        }
        return text.isEmpty() ? thrown.toString() : text.toString();
    }
}
