package io.camelback.config.reader;

import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code limits} of deployments. */
final class QuotaSettingsReader {
    static final String KEY = "limits";
    private static final String UNLIMITED = "unlimited";
    private static final int MOST = Integer.MAX_VALUE;

    private QuotaSettingsReader() {}

    /** By the deployment's name, those that have any. */
    static Map<String, QuotaSettings> read(YamlSection deployments) {
        Map<String, QuotaSettings> found = new LinkedHashMap<>();
        for (YamlValue deployment : deployments.values()) {
            if (deployment.group()) {
                deployment
                        .section()
                        .find(KEY)
                        .map(YamlValue::section)
                        .map(QuotaSettingsReader::limits)
                        .filter(QuotaSettings::counts)
                        .ifPresent(limits -> found.put(deployment.key, limits));
            }
        }
        return found;
    }

    private static QuotaSettings limits(YamlSection own) {
        own.only("requests", "tokens", "cooldown-on-limit", "window");
        return new QuotaSettings(
                amounts(own, "requests"),
                amounts(own, "tokens"),
                0,
                own.read("cooldown-on-limit", ValueParsers.TIMER, null),
                own.read("window", ValueParsers.oneOf(List.of("calendar", "sliding")), "calendar")
                        .equals("sliding"));
    }

    private static Map<QuotaPeriod, Long> amounts(YamlSection own, String key) {
        Map<QuotaPeriod, Long> amounts = new EnumMap<>(QuotaPeriod.class);
        YamlValue said = own.find(key).orElse(null);
        if (said == null || said.is(UNLIMITED)) {
            return amounts;
        }
        YamlSection spans = said.section().only(QuotaPeriod.KEYS);
        for (QuotaPeriod span : QuotaPeriod.values()) {
            spans.find(span.key())
                    .filter(value -> !value.is(UNLIMITED))
                    .flatMap(value -> value.parse(ValueParsers.whole(0, MOST)))
                    .ifPresent(most -> amounts.put(span, (long) most));
        }
        return amounts;
    }
}
