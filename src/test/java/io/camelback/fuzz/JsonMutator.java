package io.camelback.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes JSON of a fuzzer's bytes: what is JSON already stays, everything else is a program that changes a recorded
 * body, so that nearly every input gets past the parser and into the code behind it. The same bytes always make the
 * same JSON.
 */
final class JsonMutator {
    /** The most bytes of an input that count. */
    static final int MAX_INPUT = 64 << 10;

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final List<JsonNode> ODD = odd();

    private final List<ObjectNode> seeds;

    private JsonMutator(List<ObjectNode> seeds) {
        this.seeds = seeds;
    }

    private static List<JsonNode> odd() {
        List<JsonNode> values = new ArrayList<>();
        for (String json : new String[] {
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "2147483648",
            "-9223372036854775809",
            "1e400",
            "0.5",
            "\"\"",
            "\" \"",
            "\"0\"",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "\"data:\"",
            "\"data:image/png;base64,\"",
            "\"{}\"",
            "\"{\"",
            "\"none\"",
            "\"text\"",
            "\"user\"",
            "\"assistant\"",
            "\"tool\"",
            "\"function\"",
            "\"object\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"a\"]",
            "[{}]",
            "{}",
            "{\"\":null}",
            "{\"type\":\"text\"}",
            "{\"type\":null}",
            "{\"$ref\":\"#\"}",
            "{\"id\":\"a\",\"name\":\"b\"}",
            "[{\"type\":\"text\",\"text\":null}]"
        }) {
            values.add(json(json));
        }
        return List.copyOf(values);
    }

    /** All recorded bodies in files whose names end so. */
    static JsonMutator of(String ending) {
        List<ObjectNode> seeds = new ArrayList<>();
        files(ending).forEach(text -> {
            if (json(text) instanceof ObjectNode object) {
                seeds.add(object);
            }
        });
        return new JsonMutator(seeds);
    }

    /** The recorded files whose names end so. */
    static List<String> files(String ending) {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null when the bytes are JSON, but no object. */
    ObjectNode of(byte[] input) {
        if (input.length > 0 && (input[0] == '{' || input[0] == '[')) {
            try {
                return Json.readStrict(input) instanceof ObjectNode object ? object : null;
            } catch (IOException notJson) {
                return mutant(input);
            }
        }
        return mutant(input);
    }

    private ObjectNode mutant(byte[] program) {
        Program next = new Program(program);
        ObjectNode body = seeds.get(next.below(seeds.size())).deepCopy();
        for (int changes = 0; next.more() && changes < 64; changes++) {
            change(body, next);
        }
        return body;
    }

    /** The same program on any JSON. */
    static void change(ObjectNode body, Program next) {
        List<JsonNode> places = new ArrayList<>();
        collect(body, places);
        JsonNode place = places.get(next.below(places.size()));
        List<JsonNode> values = next.below(5) == 0 ? places : ODD;
        JsonNode value = values.get(next.below(values.size())).deepCopy();
        boolean remove = next.below(8) == 0;
        if (place instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(next.below(names.size()));
            if (remove) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (place instanceof ArrayNode array && !array.isEmpty()) {
            int index = next.below(array.size());
            if (remove) {
                array.remove(index);
            } else if (next.below(3) == 0) {
                array.insert(index, value);
            } else {
                array.set(index, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode() && places.size() < 2000) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Programs for tests without a fuzzer: the same every time. */
    static Stream<byte[]> programs(int count) {
        Random random = new Random(20261120);
        return Stream.generate(() -> {
                    byte[] program = new byte[2 + random.nextInt(40)];
                    random.nextBytes(program);
                    return program;
                })
                .limit(count);
    }

    /** Reads choices from bytes. */
    static final class Program {
        private final byte[] bytes;
        private int position;

        Program(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean more() {
            return position < bytes.length;
        }

        /** Of two bytes where one cannot reach the end; 0 when there are no more. */
        int below(int bound) {
            int value = next();
            return (bound > 256 ? value << 8 | next() : value) % bound;
        }

        private int next() {
            return more() ? bytes[position++] & 0xFF : 0;
        }
    }
}
