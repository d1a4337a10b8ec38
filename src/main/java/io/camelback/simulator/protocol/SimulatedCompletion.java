package io.camelback.simulator.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The content of a simulated answer, independent of the API format.
 *
 * @param text the answer; null for "Hello from &lt;model&gt;."
 * @param tokens into how many pieces the text is streamed; 0 for one per word
 * @param delay the time each token takes; a plain answer takes the sum
 * @param reasoning the pieces of reasoning that come before the answer
 * @param toolCalls made instead of the text, when the request offers tools and its last message is the user's own; made
 *     whatever the request holds when the text is empty
 * @param usage what is reported; null to count: a token for four bytes asked, and one for each piece answered
 * @param reported whether usage is reported at all
 * @param finish why the model stopped, in the dialect's own word; null for the usual one
 */
public record SimulatedCompletion(
        String text,
        int tokens,
        Duration delay,
        List<String> reasoning,
        List<ToolUse> toolCalls,
        Usage usage,
        boolean reported,
        String finish) {

    /** @param arguments a JSON object */
    public record ToolUse(String name, String arguments) {
        public ToolUse {
            object(arguments);
        }

        ObjectNode input() {
            return object(arguments);
        }

        private static ObjectNode object(String json) {
            try {
                if (Json.read(json) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("The arguments of a tool call must be JSON: " + json, e);
            }
            throw new IllegalArgumentException("The arguments of a tool call must be a JSON object: " + json);
        }
    }

    public SimulatedCompletion {
        reasoning = List.copyOf(reasoning);
        toolCalls = List.copyOf(toolCalls);
        if (tokens < 0 || delay.isNegative()) {
            throw new IllegalArgumentException("Neither the number of tokens nor their delay can be negative");
        }
    }

    /** "Hello from &lt;model&gt;." */
    public static SimulatedCompletion hello() {
        return text(null);
    }

    public static SimulatedCompletion text(String text) {
        return new SimulatedCompletion(text, 0, Duration.ZERO, List.of(), List.of(), null, true, null);
    }

    /** A text of that many words, each one token: for answers that shall last. */
    public static SimulatedCompletion words(int count) {
        return text(IntStream.rangeClosed(1, count).mapToObj(i -> "word" + i).collect(Collectors.joining(" ")));
    }

    /** Nothing but one tool call, also in answer to another tool's result. @param arguments a JSON object */
    public static SimulatedCompletion calling(String name, String arguments) {
        return empty().toolCall(name, arguments);
    }

    /** No text, no tool call, and still a regular end. */
    public static SimulatedCompletion empty() {
        return text("");
    }

    public SimulatedCompletion tokens(int count) {
        return new SimulatedCompletion(text, count, delay, reasoning, toolCalls, usage, reported, finish);
    }

    public SimulatedCompletion delay(Duration perToken) {
        return new SimulatedCompletion(text, tokens, perToken, reasoning, toolCalls, usage, reported, finish);
    }

    public SimulatedCompletion reasoning(String... pieces) {
        return new SimulatedCompletion(text, tokens, delay, Arrays.asList(pieces), toolCalls, usage, reported, finish);
    }

    /** One more tool call. @param arguments a JSON object */
    public SimulatedCompletion toolCall(String name, String arguments) {
        List<ToolUse> more = new ArrayList<>(toolCalls);
        more.add(new ToolUse(name, arguments));
        return new SimulatedCompletion(text, tokens, delay, reasoning, more, usage, reported, finish);
    }

    public SimulatedCompletion usage(Usage counts) {
        return new SimulatedCompletion(text, tokens, delay, reasoning, toolCalls, counts, true, finish);
    }

    /** As providers that never say what they used. */
    public SimulatedCompletion withoutUsage() {
        return new SimulatedCompletion(text, tokens, delay, reasoning, toolCalls, null, false, finish);
    }

    public SimulatedCompletion finish(String word) {
        return new SimulatedCompletion(text, tokens, delay, reasoning, toolCalls, usage, reported, word);
    }

    /** This completion as one request gets it: its text said, or its tools called, and its usage counted. */
    SimulatedCompletion sayTo(String model, boolean mayCallTools, int inputTokens) {
        boolean calls = !toolCalls.isEmpty() && (mayCallTools || "".equals(text));
        String words = text == null ? "Hello from " + model + "." : text;
        SimulatedCompletion said = new SimulatedCompletion(
                calls ? "" : words, tokens, delay, reasoning, calls ? toolCalls : List.of(), usage, reported, finish);
        return reported && usage == null
                ? said.usage(new Usage(inputTokens, 0, 0, said.length(), reasoning.size()))
                : said;
    }

    /** How many pieces are streamed. Only of what {@link #sayTo} returned. */
    int length() {
        return reasoning.size()
                + pieces().size()
                + toolCalls.stream()
                        .mapToInt(call -> fragments(call.arguments()).size())
                        .sum();
    }

    /** The text as it is streamed. */
    List<String> pieces() {
        if (text.isEmpty()) {
            return List.of();
        }
        return tokens == 0 ? List.of(text.split("(?<=\\S)(?=\\s)")) : split(text, tokens);
    }

    /** A tool call's arguments as they are streamed: up to three fragments. */
    static List<String> fragments(String arguments) {
        return split(arguments, 3);
    }

    private static List<String> split(String text, int parts) {
        int length = text.codePointCount(0, text.length());
        int count = Math.min(parts, length);
        return IntStream.range(0, count)
                .mapToObj(i -> text.substring(at(text, i, count, length), at(text, i + 1, count, length)))
                .toList();
    }

    private static int at(String text, int part, int parts, int length) {
        return text.offsetByCodePoints(0, (int) ((long) part * length / parts));
    }
}
