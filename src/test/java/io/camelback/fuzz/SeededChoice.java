package io.camelback.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/** Random choices: the same seed makes the same ones. */
final class SeededChoice {
    private static final List<String> EXTRAS = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "\" \"",
            "true",
            "0",
            "-1.5",
            "\"x\"",
            "[null]",
            "{\"a\":[1,{\"b\":null}]}",
            "1e30");
    private static final List<String> TEXTS = List.of(
            "Hello",
            "What colour is it? Answer in JSON.",
            "Grüße, 你好 😀",
            "line one\nline two\r\n",
            "{\"a\":1}",
            "<system-reminder>x</system-reminder>",
            "a\u2028b\u0000c",
            "0",
            "null",
            "   indented",
            "trailing \n ");

    private final Random random;

    SeededChoice(long seed) {
        random = new Random(seed);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Something to say: never empty and never blank. */
    String words() {
        return oneIn(20) ? "long ".repeat(400) : of(TEXTS);
    }

    /** Something to say, or nothing: empty or blank text. */
    String maybeWords() {
        return oneIn(6) ? of("", "", " ", "\n\t ") : words();
    }

    /** A new id of a call, as various makers give them. */
    String callId() {
        String hex = Long.toHexString(random.nextLong() | 1L << 60);
        return switch (below(9)) {
            case 0 -> "call_" + hex + hex;
            case 1 -> "toolu_01" + hex;
            case 2 -> hex.substring(0, 9);
            case 3 -> "call_0f8fad5b-d9cb-469f-" + hex;
            case 4 -> "call_" + hex + "|" + (hex + hex).repeat(2) + "0123456789";
            case 5 -> "functions.read:" + hex.substring(0, 3);
            case 6 -> "chatcmpl-tool-" + hex + hex;
            case 7 -> "call_" + below(1000) + "_" + hex;
            default -> "fc:" + hex + "/ü";
        };
    }

    /** Fields that nobody knows, put into an object now and then. */
    ObjectNode extras(ObjectNode object, int rarity) {
        while (oneIn(rarity)) {
            object.set(of("x_private", "zz", "_meta", "providerOptions", "Ünbekannt"), json(of(EXTRAS)));
        }
        return object;
    }

    /** Some of these fields, where an object has them not: {@code name=json}. */
    void options(ObjectNode object, List<String> options) {
        for (int count = below(4); count > 0; count--) {
            String option = of(options);
            int end = option.indexOf('=');
            if (!object.hasNonNull(option.substring(0, end))) {
                object.set(
                        option.substring(0, end), json(option.substring(end + 1).replace('\'', '"')));
            }
        }
    }

    /** Known fields of an object that are said to be nothing, now and then. */
    void nulls(ObjectNode object, int rarity, String... fields) {
        if (oneIn(rarity)) {
            String field = of(fields);
            if (!object.has(field)) {
                object.putNull(field);
            }
        }
    }

    static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
