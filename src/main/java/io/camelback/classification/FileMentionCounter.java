package io.camelback.classification;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the files that a request is about: the number the client states, else the distinct files attached or named in
 * user and tool messages. What the system prompt names is not counted: it is the same for every task.
 */
final class FileMentionCounter {
    private static final int LONGEST_ENDING = 10;
    private static final int LONGEST_NAME = 200;

    private final Set<String> endings;
    private final int enough;

    /**
     * @param endings which words with a dot are names of files
     * @param enough counting more makes no difference
     */
    FileMentionCounter(Set<String> endings, int enough) {
        this.endings = endings;
        this.enough = enough;
    }

    /** @param why where the number comes from, in words */
    record Count(int files, String why) {}

    Count count(ChatRequest request) {
        String said = request.metadata().getOrDefault("affected_files", "").trim();
        if (!said.isEmpty()) {
            int files = said.matches("\\d{1,6}") ? Integer.parseInt(said) : listed(said);
            return new Count(files, files + " as said");
        }
        Set<String> found = new HashSet<>();
        int unnamed = 0;
        for (Message message : request.messages()) {
            if (message.role() != Message.Role.SYSTEM && message.role() != Message.Role.DEVELOPER) {
                unnamed += add(message.parts(), found);
            }
        }
        int files = found.size() + unnamed;
        return new Count(
                files, files == 0 ? "none named" : files + (files >= enough ? " or more" : "") + " named or attached");
    }

    /** A list in the metadata may be JSON, which came as text. */
    private static int listed(String said) {
        return Arrays.stream(said.replaceAll("^\\[|]$|\"", "").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet())
                .size();
    }

    /** @return how many attached files have no name */
    private int add(List<Part> parts, Set<String> found) {
        int unnamed = 0;
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                scan(text.text(), found);
            } else if (part instanceof Part.ToolCall call && call.arguments() != null) {
                scan(call.arguments(), found);
            } else if (part instanceof Part.ToolResult result) {
                unnamed += add(result.content(), found);
            } else if (part instanceof Part.Document document && document.name() != null) {
                found.add(document.name());
            } else if (part instanceof Part.Document) {
                unnamed++;
            }
        }
        return unnamed;
    }

    private void scan(String text, Set<String> found) {
        for (int dot = text.indexOf('.'); dot >= 0 && found.size() < enough; dot = text.indexOf('.', dot + 1)) {
            int end = dot + 1;
            while (end < text.length() && end - dot <= LONGEST_ENDING && Character.isLetterOrDigit(text.charAt(end))) {
                end++;
            }
            if (end > dot + 1
                    && dot > 0
                    && nameCharacter(text.charAt(dot - 1))
                    && ends(text, end)
                    && endings.contains(text.substring(dot + 1, end).toLowerCase(Locale.ROOT))) {
                found.add(text.substring(begin(text, dot), end));
            }
        }
    }

    /** Not where the name goes on ({@code a.java.bak}) or where a method is called ({@code console.log(x)}). */
    private static boolean ends(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        char next = text.charAt(end);
        boolean goesOn = next == '.' && end + 1 < text.length() && Character.isLetterOrDigit(text.charAt(end + 1));
        return !goesOn && next != '(' && next != '_' && !Character.isLetterOrDigit(next);
    }

    private static int begin(String text, int dot) {
        int begin = dot;
        while (begin > 0
                && dot - begin < LONGEST_NAME
                && (nameCharacter(text.charAt(begin - 1))
                        || text.charAt(begin - 1) == '.'
                        || text.charAt(begin - 1) == '/'
                        || text.charAt(begin - 1) == '\\')) {
            begin--;
        }
        return begin;
    }

    private static boolean nameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
}
