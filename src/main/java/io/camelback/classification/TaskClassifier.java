package io.camelback.classification;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.config.RoutingSettings;
import io.camelback.config.TaskType;
import io.camelback.config.TaskType.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Determines the task type of a request by rules that an operator can read: what the client states; else the word of
 * the table that comes first in the last user message; else what its text looks like.
 */
public final class TaskClassifier {
    /** So much of the last turn is read: its beginning and its end. */
    private static final int HEAD = 1_500;

    private static final int TAIL = 500;
    private static final int LONGEST_NAME = 64;

    /** Java and its kin, Python, JavaScript, Go, Rust and .NET. */
    private static final Pattern TRACE = Pattern.compile(
            "(?m)^[ \\t]*at \\S+\\(|Traceback \\(most recent call last\\)"
                    + "|^[ \\t]*at .{1,200}:\\d+:\\d+|^goroutine \\d+ \\[|thread '[^'\\n]{1,80}' panicked at|^[ \\t]*at .{1,200}:line \\d+");

    private static final String FENCE = "```";

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, List<Sign>> signs = new HashMap<>();
    private final List<TaskType> marked;

    /** @param words in lower case; the first of them is its key among the signs */
    private record Sign(String words, TaskType task) {}

    /**
     * What was found.
     *
     * @param task null when nothing was
     * @param why by what it is known, in words of ours
     */
    public record Found(String task, String why) {
        static final Found NOTHING = new Found(null, "");
    }

    public TaskClassifier(RoutingSettings routing) {
        for (TaskType task : routing.tasks().values()) {
            names.put(plain(task.name()), task.name());
            task.also().forEach(name -> names.putIfAbsent(plain(name), task.name()));
            task.words()
                    .forEach(words -> signs.computeIfAbsent(firstWord(words), first -> new ArrayList<>())
                            .add(new Sign(words, task)));
        }
        signs.values()
                .forEach(same -> same.sort(
                        Comparator.comparing((Sign sign) -> sign.words().length())
                                .reversed()));
        this.marked = routing.tasks().values().stream()
                .filter(task -> task.mark() != null)
                .toList();
    }

    public Found classify(ChatRequest request) {
        String said = plain(request.metadata().getOrDefault("task_type", ""));
        if (!said.isEmpty()) {
            return new Found(names.getOrDefault(said, said), "as said");
        }
        String text = lastTurn(request);
        Sign sign = first(text.toLowerCase(Locale.ROOT));
        for (TaskType task : marked) {
            boolean rightful =
                    sign == null || task.insteadOf().contains(sign.task().name());
            if (rightful && shows(text, task.mark())) {
                return new Found(task.name(), task.mark() == Mark.STACK_TRACE ? "by a stack trace" : "by code in it");
            }
        }
        return sign == null ? Found.NOTHING : new Found(sign.task().name(), "by \"" + sign.words() + "\"");
    }

    /**
     * A name as callers and operators may write it: {@code Code Review} and {@code code_review} are
     * {@code code-review}.
     */
    public static String plain(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
    }

    private static String lastTurn(ChatRequest request) {
        List<Message> messages = request.messages();
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Message.Role.USER) {
                String text = messages.get(i).text("\n");
                if (!text.isBlank()) {
                    return text.length() <= HEAD + TAIL
                            ? text
                            : text.substring(0, HEAD) + "\n" + text.substring(text.length() - TAIL);
                }
            }
        }
        return "";
    }

    /** The sign that stands first; of two that begin together, the longer one. */
    private Sign first(String text) {
        int end;
        for (int begin = 0; begin < text.length(); begin = end + 1) {
            end = begin;
            while (end < text.length() && wordCharacter(text.charAt(end))) {
                end++;
            }
            if (end > begin) {
                for (Sign sign : signs.getOrDefault(text.substring(begin, end), List.of())) {
                    int after = begin + sign.words().length();
                    if (text.startsWith(sign.words(), begin)
                            && (after == text.length() || !wordCharacter(text.charAt(after)))) {
                        return sign;
                    }
                }
            }
        }
        return null;
    }

    private static String firstWord(String words) {
        int end = 0;
        while (end < words.length() && wordCharacter(words.charAt(end))) {
            end++;
        }
        return words.substring(0, end);
    }

    private static boolean wordCharacter(char c) {
        return Character.isLetterOrDigit(c);
    }

    private static boolean shows(String text, Mark mark) {
        if (mark == Mark.CODE) {
            return text.contains(FENCE);
        }
        // Most texts have nothing of the kind, which is seen sooner without the pattern.
        return (text.contains("  at ")
                        || text.contains("\tat ")
                        || text.contains("Traceback (")
                        || text.contains("goroutine ")
                        || text.contains("' panicked at"))
                && TRACE.matcher(text).find();
    }
}
