package io.camelback.config.reader;

import io.camelback.config.RoutingSettings;
import io.camelback.config.TaskType;
import io.camelback.config.yaml.ValueKind;
import io.camelback.config.yaml.ValueParser;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import io.camelback.config.yaml.YamlValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code routing}. */
final class RoutingReader {
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final Map<String, TaskType.Mark> MARKS = marks();

    private RoutingReader() {}

    private static Map<String, TaskType.Mark> marks() {
        Map<String, TaskType.Mark> marks = new LinkedHashMap<>();
        for (TaskType.Mark mark : TaskType.Mark.values()) {
            marks.put(mark.name().toLowerCase(Locale.ROOT).replace('_', '-'), mark);
        }
        return marks;
    }

    static RoutingSettings read(YamlSection section) {
        section.only("threshold", "complexity", "file-endings", "tasks");
        RoutingSettings otherwise = RoutingSettings.DEFAULT;
        RoutingSettings.ScoringWeights scoring = scoring(section.section("complexity"), otherwise.scoring());
        BigDecimal threshold = section.read("threshold", ValueParsers.decimal(HUNDRED), otherwise.threshold());
        section.find("threshold")
                .filter(value -> threshold.compareTo(scoring.most()) >= 0)
                .ifPresent(value -> value.problem(
                        "is no less than the highest score, so nothing would ever be above it",
                        "Lower it, or raise routing.complexity.most"));
        Set<String> endings = new LinkedHashSet<>();
        section.list("file-endings", RoutingReader::ending).forEach(endings::add);
        Map<String, TaskType> tasks =
                section.find("tasks").isPresent() ? tasks(section.section("tasks")) : otherwise.tasks();
        return new RoutingSettings(threshold, scoring, tasks, endings);
    }

    private static RoutingSettings.ScoringWeights scoring(
            YamlSection section, RoutingSettings.ScoringWeights otherwise) {
        section.only("files", "reasoning", "length", "most");
        YamlSection files = section.section("files").only("points", "full");
        YamlSection reasoning = section.section("reasoning").only("weight", "unknown");
        YamlSection length = section.section("length").only("points", "full");
        return new RoutingSettings.ScoringWeights(
                files.read("points", ValueParsers.decimal(HUNDRED), otherwise.filePoints()),
                files.read("full", ValueParsers.whole(1, 10_000), otherwise.filesFull()),
                reasoning.read("weight", ValueParsers.decimal(HUNDRED), otherwise.depthWeight()),
                reasoning.read("unknown", ValueParsers.decimal(HUNDRED), otherwise.unknownDepth()),
                length.read("points", ValueParsers.decimal(HUNDRED), otherwise.lengthPoints()),
                length.read("full", ValueParsers.whole(1, 100_000_000), otherwise.lengthFull()),
                section.read("most", ValueParsers.decimal(HUNDRED), otherwise.most()));
    }

    private static Map<String, TaskType> tasks(YamlSection section) {
        Map<String, TaskType> tasks = new LinkedHashMap<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (YamlValue value : section.values()) {
            if (NameValidator.check(value)) {
                TaskType task = task(value, section);
                tasks.put(value.key, task);
                List<String> names = new ArrayList<>(task.also());
                names.add(0, task.name());
                names.forEach(name -> namedOnce(value, name, taken.put(name, value.key)));
            }
        }
        return tasks;
    }

    private static void namedOnce(YamlValue value, String name, String other) {
        if (other != null) {
            value.problem("is also called " + name + ", like " + other, "Use each name for one task");
        }
    }

    private static TaskType task(YamlValue value, YamlSection all) {
        YamlSection own = value.section().only("depth", "chain", "aliases", "words", "mark", "overrides");
        BigDecimal depth = own.read("depth", ValueParsers.decimal(BigDecimal.TEN), null);
        List<String> words = new ArrayList<>();
        for (YamlValue language : own.section("words").values()) {
            language.items().forEach(item -> item.parse(RoutingReader::words).ifPresent(words::add));
        }
        List<String> names = all.values().stream().map(task -> task.key).toList();
        TaskType.Mark mark = own.read(
                "mark",
                ValueParser.of(
                        ValueKind.oneOf(MARKS.keySet()),
                        text -> MARKS.get(ValueParsers.oneOf(MARKS.keySet()).parse(text))),
                null);
        List<String> insteadOf = own.list("overrides", ValueParsers.oneOf(names));
        if (mark == null && !insteadOf.isEmpty()) {
            own.find("overrides")
                    .ifPresent(list -> list.problem(
                            "replaces other answers without a mark to recognize it",
                            "Add mark: and one of " + String.join(", ", MARKS.keySet())));
        }
        return new TaskType(
                value.key,
                depth,
                own.find("chain").flatMap(YamlValue::text).orElse(null),
                own.list("aliases", text -> text),
                words,
                mark,
                insteadOf,
                value.line);
    }

    private static String words(String text) throws ValueParser.UnreadableValueException {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.isEmpty() || !Character.isLetterOrDigit(words.charAt(0))) {
            throw new ValueParser.UnreadableValueException(
                    "does not begin with a word", "Begin it with a letter or a digit");
        }
        return words;
    }

    private static String ending(String text) throws ValueParser.UnreadableValueException {
        if (!text.matches("[a-z0-9]{1,10}")) {
            throw new ValueParser.UnreadableValueException(
                    "is no file's ending", "Write small letters and digits without the dot, such as java");
        }
        return text;
    }
}
