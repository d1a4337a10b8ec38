package io.camelback.quality;

import io.camelback.json.Json;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Schemas and texts of extreme size, and what may become of a check. */
final class HostileCheckTexts {
    /** Either is right, so long as it is quick. */
    static final QualityVerdict.Outcome ANY = null;

    static final QualityVerdict.Outcome PASSED = QualityVerdict.Outcome.PASSED;
    static final QualityVerdict.Outcome MISSED = QualityVerdict.Outcome.MISSED;
    static final QualityVerdict.Outcome UNJUDGED = QualityVerdict.Outcome.UNJUDGED;

    private HostileCheckTexts() {}

    static String string(String text) {
        return Json.text(Json.of(text));
    }

    static String fields(int count, Function<Integer, String> each) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"p" + i + "\":" + each.apply(i))
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String nested(String open, String inner, String close, int depth) {
        return open.repeat(depth) + inner + close.repeat(depth);
    }
}
