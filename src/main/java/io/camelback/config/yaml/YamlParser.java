package io.camelback.config.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Parses a YAML text into nodes with line numbers. Size, nesting and aliases are bounded, so that no file can hurt. */
public final class YamlParser {
    private static final int MAX_DEPTH = 30;

    private YamlParser() {}

    /**
     * The top of the file; reported and empty when it cannot be parsed or is no group of keys. An empty file has no
     * keys.
     */
    public static Optional<YamlSection> root(String yaml, ReaderContext scope) {
        try {
            Optional<Integer> tooDeep = lineTooDeep(yaml);
            if (tooDeep.isPresent()) {
                scope.problem(
                        "", tooDeep.get(), "is nested more than " + MAX_DEPTH + " levels deep", "Reduce the nesting");
                return Optional.empty();
            }
            YamlNode root = YamlNode.parse(yaml);
            if (!root.isThere()) {
                return Optional.of(YamlSection.absent("", 1, scope));
            }
            YamlSection section = new YamlValue("", "", 1, root, scope).section();
            return root.isMapping() || root.isNull() ? Optional.of(section) : Optional.empty();
        } catch (YamlEngineException e) {
            scope.problem("", line(e, yaml), "is not valid YAML: " + message(e), fix(e));
            return Optional.empty();
        }
    }

    /** Asked before composing, which recurses. */
    private static Optional<Integer> lineTooDeep(String yaml) {
        int depth = 0;
        for (Event event : new Parse(YamlNode.SETTINGS).parseString(yaml)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                return Optional.of(
                        event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return Optional.empty();
    }

    private static int line(YamlEngineException e, String yaml) {
        if (e instanceof MarkedYamlEngineException marked) {
            return marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
        }
        if (e instanceof ReaderException reader) {
            return 1
                    + (int) yaml.codePoints()
                            .limit(Math.max(0, reader.getPosition()))
                            .filter(c -> c == '\n')
                            .count();
        }
        return 1;
    }

    /** The parser's own words, without its excerpt of the file, which may hold a key, and without names from it. */
    private static String message(YamlEngineException e) {
        if (e instanceof ReaderException) {
            return "it holds a character that YAML does not allow";
        }
        if (!(e instanceof MarkedYamlEngineException marked)) {
            return e.getMessage().replaceFirst("\\.$", "");
        }
        String problem = String.valueOf(marked.getProblem());
        if (problem.contains("another document")) {
            return "it holds more than one document";
        }
        return problem.contains("undefined") ? "an alias or a tag that is not defined" : problem;
    }

    private static String fix(YamlEngineException e) {
        if (!(e instanceof MarkedYamlEngineException marked)) {
            return e instanceof ReaderException ? "Remove control characters" : "Make the file simpler";
        }
        String context = marked.getContext() + marked.getProblem();
        if (context.contains("another document")) {
            return "Remove the line with ---";
        }
        if (context.contains("alias") || context.contains("tag")) {
            return "Put text that begins with *, & or ! in quotes";
        }
        if (context.contains("TAB")) {
            return "Indent with blanks";
        }
        return "Check indentation, colons, quotes and brackets in this line and the one above";
    }
}
