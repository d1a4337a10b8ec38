package io.camelback.config.reader;

import io.camelback.config.IdempotencySettings;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;

/** Reads {@code server.idempotency}. */
public final class IdempotencyReader {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 64 << 20;

    private IdempotencyReader() {}

    static IdempotencySettings read(YamlSection section) {
        section.only("keep", "max-answer");
        return new IdempotencySettings(
                section.read("keep", ValueParsers.TIMER, IdempotencySettings.DEFAULT.keep()),
                section.read(
                        "max-answer", ValueParsers.size(LEAST, MOST), IdempotencySettings.DEFAULT.maxAnswerBytes()));
    }
}
