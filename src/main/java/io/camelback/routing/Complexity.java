package io.camelback.routing;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How hard a request is, from 0 to 10, by the formula of seed 001: up to 3 points for the number of files, up to 6.3 for the
 * depth of reasoning its task needs, up to 1 for its length. Files and task are what the caller says in {@code metadata}
 * ({@code task_type}, {@code affected_files}); a task that is not named counts as 5, the seed's default.
 */
public final class Complexity {
    private static final Map<String, Integer> DEPTH = Map.of("parse", 1, "format", 1, "plan", 3, "generate", 5, "debug", 7,
            "refactor", 8, "architecture", 9);
    private static final int DEFAULT_DEPTH = 5;
    private static final int CHARS_PER_TOKEN = 4;

    private Complexity() { }

    /** The score with one decimal. */
    public static BigDecimal of(ChatRequest request) {
        double files = Math.min(files(request) / 10.0, 1) * 3;
        double depth = DEPTH.getOrDefault(request.metadata().getOrDefault("task_type", ""), DEFAULT_DEPTH) * 0.7;
        double length = Math.min(characters(request) / (double) CHARS_PER_TOKEN / 50_000, 1);
        return BigDecimal.valueOf(Math.min(files + depth + length, 10)).setScale(1, RoundingMode.HALF_UP);
    }

    /** A number, or a list separated by commas. */
    private static int files(ChatRequest request) {
        String files = request.metadata().getOrDefault("affected_files", "").trim();
        if (files.isEmpty()) {
            return 0;
        }
        return files.matches("\\d{1,6}") ? Integer.parseInt(files) : files.split(",").length;
    }

    private static long characters(ChatRequest request) {
        long count = 0;
        for (Message message : request.messages()) {
            for (Part part : message.parts()) {
                count += part instanceof Part.Text text ? text.text().length() : 0;
            }
        }
        return count;
    }
}
