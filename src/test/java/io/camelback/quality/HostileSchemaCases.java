package io.camelback.quality;

import static io.camelback.quality.HostileCheckTexts.ANY;
import static io.camelback.quality.HostileCheckTexts.MISSED;
import static io.camelback.quality.HostileCheckTexts.PASSED;
import static io.camelback.quality.HostileCheckTexts.UNJUDGED;
import static io.camelback.quality.HostileCheckTexts.fields;
import static io.camelback.quality.HostileCheckTexts.nested;
import static io.camelback.quality.HostileCheckTexts.string;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Schemas and texts that are chosen to take a processor for ever. */
final class HostileSchemaCases {
    private HostileSchemaCases() {}

    private static String list(int count, Function<Integer, String> each) {
        return IntStream.range(0, count).mapToObj(each::apply).collect(Collectors.joining(",", "[", "]"));
    }

    /** Strings that all have the same hash. */
    private static String colliding(int bits) {
        return list(1 << bits, i -> {
            StringBuilder text = new StringBuilder("\"");
            for (int bit = 0; bit < bits; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return text.append('"').toString();
        });
    }

    /** Each definition uses the next one twice, through a keyword that takes a list. */
    private static String doubling(String keyword, int levels) {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < levels; i++) {
            String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            schema.append("\"d")
                    .append(i)
                    .append("\":{\"")
                    .append(keyword)
                    .append("\":[")
                    .append(next)
                    .append(',')
                    .append(next)
                    .append("]},");
        }
        return schema.append("\"d")
                .append(levels)
                .append("\":{\"type\":\"string\"}}}")
                .toString();
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of("itself", "{\"$ref\":\"#\"}", "{}", UNJUDGED),
                Arguments.of(
                        "itself by another",
                        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}",
                        "{}",
                        UNJUDGED),
                Arguments.of(
                        "itself by its anchor",
                        "{\"$dynamicAnchor\":\"a\",\"not\":{\"$dynamicRef\":\"#a\"}}",
                        "{}",
                        UNJUDGED),
                Arguments.of(
                        "itself in draft 2019-09",
                        "{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\","
                                + "\"$recursiveAnchor\":true,\"allOf\":[{\"$recursiveRef\":\"#\"}]}",
                        "{}",
                        UNJUDGED),
                Arguments.of(
                        "a long way of references",
                        "{\"$ref\":\"#/$defs/p0\",\"$defs\":"
                                + fields(20_000, i -> "{\"$ref\":\"#/$defs/p" + (i + 1) + "\"}") + "}",
                        "{}",
                        UNJUDGED),
                Arguments.of("2 to the 40 by allOf", doubling("allOf", 40), "\"a\"", UNJUDGED),
                Arguments.of("2 to the 40 by anyOf", doubling("anyOf", 40), "1", UNJUDGED),
                Arguments.of("2 to the 40 by oneOf", doubling("oneOf", 40), "1", UNJUDGED),
                Arguments.of("2 to the 40 by prefixItems", doubling("prefixItems", 40), nested("[", "1", "]", 90), ANY),
                Arguments.of(
                        "many references to one place, each spelled otherwise",
                        "{\"properties\":{\"a\":" + nested("{\"properties\":{\"a\":", "{}", "}}", 40) + "},\"allOf\":"
                                + list(
                                        5_000,
                                        i -> "{\"$ref\":\"#/properties/%6" + "1/properties/a"
                                                + "/properties/a".repeat(i % 35) + "\"}")
                                + "}",
                        "{}",
                        ANY),
                Arguments.of("a schema on the net", "{\"$ref\":\"http://evil.example/schema.json\"}", "{}", UNJUDGED),
                Arguments.of("a schema in a file", "{\"$ref\":\"file:///etc/passwd\"}", "{}", UNJUDGED),
                Arguments.of("a schema on the class path", "{\"$ref\":\"classpath:draft-07.json\"}", "{}", UNJUDGED),
                Arguments.of("a dialect on the net", "{\"$schema\":\"http://evil.example/dialect\"}", "{}", UNJUDGED),
                Arguments.of("a large enum", "{\"enum\":" + list(200_000, i -> "\"v" + i + "\"") + "}", "\"x\"", ANY),
                Arguments.of("an enum of equal hashes", "{\"enum\":" + colliding(15) + "}", "\"x\"", UNJUDGED),
                Arguments.of(
                        "an enum at every level",
                        "{\"not\":{\"enum\":[1]},\"items\":{\"$ref\":\"#\"}}",
                        nested("[", list(50_000, i -> "1"), "]", 90),
                        ANY),
                Arguments.of("items of equal hashes", "{\"uniqueItems\":true}", colliding(15), UNJUDGED),
                Arguments.of(
                        "arrays that may have equal hashes",
                        "{\"uniqueItems\":true}",
                        list(20_000, i -> "[" + i + "]"),
                        UNJUDGED),
                Arguments.of(
                        "numbers of equal hashes",
                        "{\"uniqueItems\":true}",
                        list(30_000, i -> "100000000000000000000000000" + (10_000 + i)),
                        UNJUDGED),
                Arguments.of(
                        "many names that must be there, for many values",
                        "{\"items\":{\"required\":" + list(20_000, i -> "\"p" + i + "\"") + "}}",
                        list(20_000, i -> "{}"),
                        ANY),
                Arguments.of(
                        "not any of many, for many values",
                        "{\"items\":{\"not\":{\"anyOf\":" + list(2_000, i -> "{\"const\":" + i + "}") + "}}}",
                        list(5_000, i -> "-1"),
                        UNJUDGED),
                Arguments.of(
                        "what is not evaluated, in many branches",
                        "{\"unevaluatedProperties\":false,\"anyOf\":"
                                + list(3_000, i -> "{\"properties\":{\"p" + i + "\":true},\"required\":[\"q\"]}") + "}",
                        fields(3_000, i -> "1"),
                        ANY),
                Arguments.of("a hundred thousand words nobody knows", fields(100_000, i -> "1"), "{}", ANY),
                Arguments.of(
                        "names held against an enum",
                        "{\"propertyNames\":{\"enum\":" + list(5_000, i -> "\"v" + i + "\"") + "}}",
                        fields(5_000, i -> "1"),
                        ANY),
                Arguments.of(
                        "one that contains another, at every level",
                        "{\"contains\":{\"$ref\":\"#\"},\"items\":{\"$ref\":\"#\"}}",
                        nested("[", "1", "]", 90),
                        ANY),
                Arguments.of(
                        "dependent on each other",
                        "{\"dependentSchemas\":" + fields(3_000, i -> "{\"required\":[\"p0\"]}") + "}",
                        fields(3_000, i -> "1"),
                        ANY),
                Arguments.of(
                        "a format that is hard to read",
                        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"format\":\"email\"}",
                        string("@a.".repeat(100_000)),
                        PASSED),
                Arguments.of(
                        "a format that is a pattern",
                        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"format\":\"regex\"}",
                        string("(?:){2147483647}b"),
                        PASSED),
                Arguments.of(
                        "no schema but words",
                        "{\"type\":7,\"properties\":[],\"items\":\"x\",\"patternProperties\":1}",
                        "{}",
                        ANY));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a multiple of almost nothing", "{\"multipleOf\":1e-300}", "1e300", ANY),
                Arguments.of("a number that no arithmetic ends with", "{\"multipleOf\":3}", "1e999999999", UNJUDGED),
                Arguments.of(
                        "the same in a list",
                        "{\"items\":{\"minimum\":0,\"maximum\":1}}",
                        "[1,1e-999999999]",
                        UNJUDGED),
                Arguments.of("the same for an enum", "{\"enum\":[1]}", "1e999999999", UNJUDGED),
                Arguments.of("the same for an integer", "{\"type\":\"integer\"}", "1e999999999", UNJUDGED),
                Arguments.of(
                        "many long numbers", "{\"items\":{\"multipleOf\":7}}", list(4_000, i -> "9".repeat(390)), ANY),
                Arguments.of(
                        "more than is read", "{\"type\":\"object\"}", "[" + "1,".repeat(2_000_000) + "1]", UNJUDGED),
                Arguments.of(
                        "as many values as may be",
                        "{\"items\":{\"type\":\"integer\"}}",
                        "[" + "1,".repeat(1_000_000) + "1]",
                        ANY),
                Arguments.of(
                        "deeper than is read", "{\"items\":{\"$ref\":\"#\"}}", nested("[", "1", "]", 100_000), MISSED),
                Arguments.of("as deep as may be", "{\"items\":{\"$ref\":\"#\"}}", nested("[", "1", "]", 99), PASSED),
                Arguments.of(
                        "one name a hundred thousand times",
                        "{\"type\":\"object\"}",
                        "{" + "\"a\":1,".repeat(100_000) + "\"a\":1}",
                        PASSED),
                Arguments.of(
                        "names of equal hashes",
                        "{\"additionalProperties\":{\"type\":\"integer\"}}",
                        "{" + colliding(13).replaceAll("[\\[\\]]", "").replace(",", ":1,") + ":1}",
                        ANY),
                Arguments.of(
                        "a megabyte of white space", "{\"type\":\"object\"}", " ".repeat(1_000_000) + "{}", PASSED));
    }
}
