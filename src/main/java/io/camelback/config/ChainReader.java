package io.camelback.config;

import io.camelback.chat.Commit;
import io.camelback.config.Parser.Unreadable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code chains}. Whether there is such a chain is known later: chains are routes. */
final class ChainReader {
    private static final Duration USUAL_WAIT = Duration.ofSeconds(60);

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(1);

    private ChainReader() { }

    static Map<String, ChainSettings> read(Section section) {
        Map<String, ChainSettings> chains = new LinkedHashMap<>();
        for (Value value : section.values()) {
            chains.put(value.key, chain(value.section().only("commit", "deadline", "reserve", "quality",
                    BudgetReader.KEY, "on-exhausted", "wait", "cached", "notice"), value.line));
        }
        return chains;
    }

    private static ChainSettings chain(Section own, int line) {
        ChainSettings usual = ChainSettings.DEFAULT;
        String commit = own.read("commit", Units.oneOf(Commit.WORDS), usual.commit().word());
        return new ChainSettings(Commit.of(commit).orElseThrow(), own.read("deadline", Units::timer, usual.deadline()),
                own.read("reserve", Units::delay, usual.reserve()), quality(own.section("quality")), exhausted(own),
                own.read("cached", Units::timer, usual.cached()), own.read("notice", ChainReader::notice, usual.notice()), line);
    }

    private static Exhausted exhausted(Section own) {
        Exhausted.Policy policy = Exhausted.Policy.of(own.read("on-exhausted", Units.oneOf(Exhausted.Policy.WORDS), "degrade"));
        if (policy != Exhausted.Policy.WAIT) {
            own.find("wait").ifPresent(value -> value.problem("means nothing unless on-exhausted is notify-and-wait",
                    "Remove it, or add on-exhausted: notify-and-wait"));
            return new Exhausted(policy, Duration.ZERO);
        }
        return new Exhausted(policy, own.read("wait", Units::timer, USUAL_WAIT));
    }

    /** It goes out in a header. */
    private static String notice(String text) throws Unreadable {
        if (text.length() > 200 || !text.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
            throw new Unreadable("cannot stand in a header", "Write at most 200 characters of ASCII, on one line");
        }
        return text;
    }

    private static QualitySettings quality(Section section) {
        section.only("json-schema", "pattern", "min-length", "refusals", "share", "deadline");
        QualitySettings none = QualitySettings.NONE;
        return new QualitySettings(section.read("json-schema", Units::flag, none.jsonSchema()),
                section.read("pattern", ChainReader::pattern, null),
                section.read("min-length", Units.whole(1, 1_000_000), none.minLength()),
                section.read("refusals", Units::flag, none.refusals()), section.read("share", Units.whole(1, 100), none.share()),
                section.read("deadline", ChainReader::checking, none.deadline()));
    }

    private static LinearPattern pattern(String text) throws Unreadable {
        try {
            return LinearPattern.compile(text);
        } catch (LinearPattern.UnusablePatternException e) {
            throw new Unreadable(e.getMessage(), "Write one without look-around and back-references, in single quotes");
        }
    }

    /** A check's time is a processor's, which others wait for. */
    private static Duration checking(String text) throws Unreadable {
        Duration duration = Units.timer(text);
        if (duration.compareTo(LONGEST_CHECK) > 0) {
            throw new Unreadable("is longer than a check may take", "Write at most 1s; usual is 50ms");
        }
        return duration;
    }
}
