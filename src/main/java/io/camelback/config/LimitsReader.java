package io.camelback.config;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code limits} of deployments. */
final class LimitsReader {
    static final String KEY = "limits";
    private static final String UNLIMITED = "unlimited";
    private static final int MOST = Integer.MAX_VALUE;

    private LimitsReader() { }

    /** By the deployment's name, those that have any. */
    static Map<String, Limits> read(Section deployments) {
        Map<String, Limits> found = new LinkedHashMap<>();
        for (Value deployment : deployments.values()) {
            if (deployment.group()) {
                deployment.section().find(KEY).map(Value::section).map(LimitsReader::limits).filter(Limits::counts)
                        .ifPresent(limits -> found.put(deployment.key, limits));
            }
        }
        return found;
    }

    private static Limits limits(Section own) {
        own.only("requests", "tokens", "cooldown-on-limit", "window");
        return new Limits(amounts(own, "requests"), amounts(own, "tokens"), 0, own.read("cooldown-on-limit", Units::timer, null),
                own.read("window", Units.oneOf(List.of("calendar", "sliding")), "calendar").equals("sliding"));
    }

    private static Map<Span, Long> amounts(Section own, String key) {
        Map<Span, Long> amounts = new EnumMap<>(Span.class);
        Value said = own.find(key).orElse(null);
        if (said == null || said.single() && said.raw().filter(UNLIMITED::equals).isPresent()) {
            return amounts;
        }
        Section spans = said.section().only(Span.KEYS);
        for (Span span : Span.values()) {
            spans.find(span.key()).filter(value -> !(value.single() && value.raw().filter(UNLIMITED::equals).isPresent()))
                    .flatMap(value -> value.parse(Units.whole(0, MOST))).ifPresent(most -> amounts.put(span, (long) most));
        }
        return amounts;
    }
}
