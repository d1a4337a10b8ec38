package io.camelback.config.reader;

import io.camelback.config.ClientTimeoutSettings;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;

/** Reads {@code server.timeouts}. */
public final class ClientTimeoutReader {
    private ClientTimeoutReader() {}

    static ClientTimeoutSettings read(YamlSection section) {
        section.only("header", "body", "send");
        return new ClientTimeoutSettings(
                section.read("header", ValueParsers.TIMER, ClientTimeoutSettings.DEFAULT.header()),
                section.read("body", ValueParsers.TIMER, ClientTimeoutSettings.DEFAULT.body()),
                section.read("send", ValueParsers.TIMER, ClientTimeoutSettings.DEFAULT.send()));
    }
}
