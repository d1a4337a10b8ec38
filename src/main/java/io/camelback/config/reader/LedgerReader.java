package io.camelback.config.reader;

import io.camelback.config.LedgerSettings;
import io.camelback.config.yaml.ValueKind;
import io.camelback.config.yaml.ValueParser;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** Reads {@code ledger}: {@code off}, or where it is. */
final class LedgerReader {
    private static final String FIX =
            "Write ledger: off, ledger: { file: data/ledger.db } or ledger: { url: \"jdbc:postgresql://…\" }";

    private LedgerReader() {}

    static LedgerSettings read(YamlSection root) {
        Optional<YamlValue> value = root.find("ledger");
        if (value.isEmpty()) {
            return LedgerSettings.DEFAULT;
        }
        if (value.get().single()) {
            value.get().parse(ValueParser.of(ValueKind.oneOf(List.of("off")), LedgerReader::off));
            return LedgerSettings.OFF;
        }
        YamlSection section =
                value.get().section().only("file", "url", "user", "password", "pool", "max-wait", "retention");
        LedgerSettings usual = LedgerSettings.DEFAULT;
        String url = section.read("url", LedgerReader::url, null);
        if (section.find("url").isPresent()) {
            section.find("file")
                    .ifPresent(
                            file -> file.problem("is set together with url, and there is only one ledger", "Keep one"));
        } else {
            for (String key : new String[] {"user", "password", "pool"}) {
                section.find(key).ifPresent(one -> one.problem("has no effect without url", "Remove it, or add url"));
            }
        }
        return new LedgerSettings(
                url != null
                        ? LedgerSettings.Kind.SERVER
                        : section.find("file").isPresent() ? LedgerSettings.Kind.FILE : LedgerSettings.Kind.USUAL,
                url != null ? null : section.read("file", text -> text, usual.file()),
                url,
                section.read("user", text -> text, null),
                section.read("password", text -> text, null),
                section.read("pool", ValueParsers.whole(1, 200), usual.pool()),
                section.read("max-wait", ValueParsers.TIMER, usual.maxWait()),
                section.read("retention", ValueParsers.DAYS, usual.retention()));
    }

    private static String off(String text) throws UnreadableValueException {
        if (!text.equals("off")) {
            throw new UnreadableValueException("is no ledger", FIX);
        }
        return text;
    }

    private static String url(String text) throws UnreadableValueException {
        if (!text.startsWith("jdbc:postgresql:")) {
            throw new UnreadableValueException(
                    "is no address of a PostgreSQL", "Write \"jdbc:postgresql://host:5432/database\"");
        }
        return text;
    }
}
