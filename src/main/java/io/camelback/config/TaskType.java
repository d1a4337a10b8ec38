package io.camelback.config;

import java.math.BigDecimal;
import java.util.List;

/**
 * A task type and how it is recognized.
 *
 * @param depth how much reasoning it takes, 0 to 10; null when that is not known
 * @param chain the chain that {@code auto} takes for it; null when only {@code use-for} decides
 * @param also other names that callers and {@code use-for} may have for it
 * @param words what people write who want it, in lower case, all languages together
 * @param mark what gives it away without words; null when nothing does
 * @param insteadOf tasks that are this one when its mark is there
 * @param line where it stands in the file; 0 for what is built in
 */
public record TaskType(
        String name,
        BigDecimal depth,
        String chain,
        List<String> also,
        List<String> words,
        Mark mark,
        List<String> insteadOf,
        int line) {

    /** What can be seen in a text without reading it. */
    public enum Mark {
        STACK_TRACE,
        CODE
    }

    public TaskType {
        also = List.copyOf(also);
        words = List.copyOf(words);
        insteadOf = List.copyOf(insteadOf);
    }

    static TaskType of(String name, BigDecimal depth) {
        return new TaskType(name, depth, null, List.of(), List.of(), null, List.of(), 0);
    }
}
