package io.camelback.config;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamCommitMode;
import java.time.Duration;

/**
 * Settings for requests to one chain, or to one deployment by its own name.
 *
 * @param commit for callers who do not say it themselves
 * @param deadline how long a request may take, fallbacks included, when the caller sets no limit of its own; null for
 *     the usual one (see {@link CamelbackConfig#deadline})
 * @param reserve how much of a request's time each later link that can be used keeps at least for itself; zero for none
 * @param quality what an answer must be to count
 * @param exhausted what becomes of a request that no link has answered
 * @param cached how old an answer may be that is given again when no model can answer; null for none
 * @param notice what a caller is told of an answer that is not what was asked for; null for nothing
 * @param line where this stands in the file; 0 for what nobody set
 */
public record ChainSettings(
        StreamCommitMode commit,
        Duration deadline,
        Duration reserve,
        QualitySettings quality,
        ExhaustionPolicy exhausted,
        Duration cached,
        String notice,
        int line) {
    public static final ChainSettings DEFAULT = new ChainSettings(
            StreamCommitMode.FIRST_TOKEN,
            null,
            Duration.ofSeconds(2),
            QualitySettings.NONE,
            ExhaustionPolicy.DEFAULT,
            null,
            null,
            0);
    /** For a chain of which nobody said another. */
    public static final Duration DEADLINE = Duration.ofSeconds(300);

    /**
     * From when on an answer to a request is one model's.
     *
     * @param request null when vectors are wanted
     * @param said what the caller says; null when nothing
     */
    public StreamCommitMode commit(ChatRequest request, StreamCommitMode said) {
        // What is below the floor must not have reached the caller before that is known.
        return request != null && quality.appliesTo(request) ? StreamCommitMode.FULL : said == null ? commit : said;
    }
}
