package io.camelback.config;

import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import java.util.List;

/**
 * Limits on the size of what clients and providers send. docs/limits.md has the table. Sizes are in bytes.
 *
 * @param memoryPercent the memory that all bodies in flight may take together, in percent of the largest heap
 * @param requestHead the lines of a request before its body, all together; counts from the next start
 * @param answer what is kept of one answer: a JSON body, a stream that is collected, the tool calls of one that is not
 * @param embeddings an answer with vectors
 * @param event one event of a stream
 * @param silence what comes of a stream before its first content
 * @param held what is held back of a stream (commit: tools or full, quality)
 * @param errorBody what is read of an error's body
 * @param unpacked what comes out of a body that the provider compressed
 * @param responseHeaders how many headers a provider's response may have
 * @param responseHeader one line of a provider's response head
 * @param choices how many choices an answer may have
 * @param toolCalls how many tool calls an answer may have
 */
public record LimitSettings(
        int memoryPercent,
        int requestHead,
        int answer,
        int embeddings,
        int event,
        int silence,
        int held,
        int errorBody,
        int unpacked,
        int responseHeaders,
        int responseHeader,
        int choices,
        int toolCalls) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    public static final LimitSettings DEFAULT = new LimitSettings(
            40, 16 * KIB, 64 * MIB, 256 * MIB, 16 * MIB, MIB, 16 * MIB, 64 * KIB, 64 * MIB, 200, 16 * KIB, 128, 1024);

    /** A row of the table: a key, the least and the most it may be. @param unit MiB, KiB, percent or none */
    public record Row(String key, Unit unit, int least, int usual, int most) {
        private int read(YamlSection section) {
            return switch (unit) {
                case BYTES -> Math.toIntExact(section.read(key, ValueParsers.size(least, most), (long) usual));
                case PERCENT -> section.read(key, ValueParsers.percent(least, most), usual);
                case COUNT -> section.read(key, ValueParsers.whole(least, most), usual);
            };
        }
    }

    public enum Unit {
        BYTES,
        PERCENT,
        COUNT
    }

    /** In the order of the record's components. */
    public static final List<Row> ROWS = List.of(
            new Row("memory", Unit.PERCENT, 5, DEFAULT.memoryPercent, 80),
            new Row("request-head", Unit.BYTES, 4 * KIB, DEFAULT.requestHead, MIB),
            new Row("answer", Unit.BYTES, KIB, DEFAULT.answer, 1024 * MIB),
            new Row("embeddings", Unit.BYTES, KIB, DEFAULT.embeddings, 1024 * MIB),
            new Row("event", Unit.BYTES, KIB, DEFAULT.event, 256 * MIB),
            new Row("silence", Unit.BYTES, KIB, DEFAULT.silence, 64 * MIB),
            new Row("held", Unit.BYTES, KIB, DEFAULT.held, 256 * MIB),
            new Row("error-body", Unit.BYTES, KIB, DEFAULT.errorBody, MIB),
            new Row("unpacked", Unit.BYTES, KIB, DEFAULT.unpacked, 1024 * MIB),
            new Row("response-headers", Unit.COUNT, 20, DEFAULT.responseHeaders, 1000),
            new Row("response-header", Unit.BYTES, KIB, DEFAULT.responseHeader, MIB),
            new Row("choices", Unit.COUNT, 1, DEFAULT.choices, 10_000),
            new Row("tool-calls", Unit.COUNT, 1, DEFAULT.toolCalls, 100_000));

    public static LimitSettings read(YamlSection section) {
        section.only(ROWS.stream().map(Row::key).toList());
        int[] read = ROWS.stream().mapToInt(row -> row.read(section)).toArray();
        int at = 0;
        return new LimitSettings(
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at++],
                read[at]);
    }
}
