package io.camelback.config.reader;

import io.camelback.chat.StreamCommitMode;
import io.camelback.config.ChainSettings;
import io.camelback.config.ExhaustionPolicy;
import io.camelback.config.QualitySettings;
import io.camelback.config.pattern.LinearPattern;
import io.camelback.config.yaml.ValueKind;
import io.camelback.config.yaml.ValueParser;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code chains}. Whether there is such a chain is known later: chains are routes. */
final class ChainReader {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(60);

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(1);

    private ChainReader() {}

    static Map<String, ChainSettings> read(YamlSection section) {
        Map<String, ChainSettings> chains = new LinkedHashMap<>();
        for (YamlValue value : section.values()) {
            chains.put(
                    value.key,
                    chain(
                            value.section()
                                    .only(
                                            "commit",
                                            "deadline",
                                            "reserve",
                                            "quality",
                                            BudgetReader.KEY,
                                            "on-exhausted",
                                            "wait",
                                            "cached",
                                            "notice"),
                            value.line));
        }
        return chains;
    }

    private static ChainSettings chain(YamlSection own, int line) {
        ChainSettings usual = ChainSettings.DEFAULT;
        String commit = own.read(
                "commit",
                ValueParsers.oneOf(StreamCommitMode.WORDS),
                usual.commit().word());
        return new ChainSettings(
                StreamCommitMode.of(commit).orElseThrow(),
                own.read("deadline", ValueParsers.TIMER, usual.deadline()),
                own.read("reserve", ValueParsers.DELAY, usual.reserve()),
                quality(own.section("quality")),
                exhausted(own),
                own.read("cached", ValueParsers.TIMER, usual.cached()),
                own.read("notice", ChainReader::notice, usual.notice()),
                line);
    }

    private static ExhaustionPolicy exhausted(YamlSection own) {
        ExhaustionPolicy.Mode policy = ExhaustionPolicy.Mode.of(
                own.read("on-exhausted", ValueParsers.oneOf(ExhaustionPolicy.Mode.WORDS), "degrade"));
        if (policy != ExhaustionPolicy.Mode.WAIT) {
            own.find("wait")
                    .ifPresent(value -> value.problem(
                            "has no effect unless on-exhausted is notify-and-wait",
                            "Remove it, or add on-exhausted: notify-and-wait"));
            return new ExhaustionPolicy(policy, Duration.ZERO);
        }
        return new ExhaustionPolicy(policy, own.read("wait", ValueParsers.TIMER, USUAL_WAIT));
    }

    /** It goes out in a header. */
    private static String notice(String text) throws UnreadableValueException {
        if (text.length() > 200 || !text.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
            throw new UnreadableValueException(
                    "cannot stand in a header", "Write at most 200 characters of ASCII, on one line");
        }
        return text;
    }

    private static QualitySettings quality(YamlSection section) {
        section.only("json-schema", "pattern", "min-length", "refusals", "share", "deadline");
        QualitySettings none = QualitySettings.NONE;
        return new QualitySettings(
                section.read("json-schema", ValueParsers.FLAG, none.jsonSchema()),
                section.read("pattern", ChainReader::pattern, null),
                section.read("min-length", ValueParsers.whole(1, 1_000_000), none.minLength()),
                section.read("refusals", ValueParsers.FLAG, none.refusals()),
                section.read("share", ValueParsers.whole(1, 100), none.share()),
                section.read(
                        "deadline",
                        ValueParser.of(ValueKind.of(ValueKind.Form.DURATION), ChainReader::checking),
                        none.deadline()));
    }

    private static LinearPattern pattern(String text) throws UnreadableValueException {
        try {
            return LinearPattern.compile(text);
        } catch (LinearPattern.UnusablePatternException e) {
            throw new UnreadableValueException(
                    e.getMessage(), "Write one without look-around and back-references, in single quotes");
        }
    }

    /** A check's time is a processor's, which others wait for. */
    private static Duration checking(String text) throws UnreadableValueException {
        Duration duration = ValueParsers.timer(text);
        if (duration.compareTo(LONGEST_CHECK) > 0) {
            throw new UnreadableValueException("is longer than a check may take", "Write at most 1s; usual is 50ms");
        }
        return duration;
    }
}
