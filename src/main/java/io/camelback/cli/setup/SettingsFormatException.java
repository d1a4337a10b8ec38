package io.camelback.cli.setup;

import java.io.IOException;

/** A settings file cannot be changed; the message says where and why, without any of its values. */
final class SettingsFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    SettingsFormatException(String message) {
        super(message);
    }
}
