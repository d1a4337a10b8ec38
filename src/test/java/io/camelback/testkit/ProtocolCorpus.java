package io.camelback.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Every case under {@code fixtures/<dialect>/<case>/}. */
public final class ProtocolCorpus {
    private static final String OF_A_CALLER = "(request|endpoint)-.*";

    private ProtocolCorpus() {}

    /** What one caller sends. @param name the folder's name */
    public record Request(TestProtocol endpoint, String name) {
        String text() {
            return ProtocolCorpus.text(endpoint.key() + "/" + name + "/request.json")
                    .trim();
        }

        public ObjectNode body() {
            return object(text());
        }

        @Override
        public String toString() {
            return endpoint + " " + name;
        }
    }

    /** What one provider sends. @param stream whether it comes as events */
    public record Answer(TestProtocol source, String name, boolean stream, String text) {
        @Override
        public String toString() {
            return source + " " + name + (stream ? " streamed" : "");
        }
    }

    public static List<Request> requests() {
        List<Request> all = new ArrayList<>();
        for (TestProtocol endpoint : TestProtocol.values()) {
            cases(
                            endpoint,
                            path -> path.getFileName().toString().matches(OF_A_CALLER)
                                    && Files.exists(path.resolve("request.json")))
                    .forEach(path ->
                            all.add(new Request(endpoint, path.getFileName().toString())));
        }
        return all;
    }

    public static List<Answer> answers() {
        List<Answer> all = new ArrayList<>();
        for (TestProtocol source : TestProtocol.values()) {
            for (String file : List.of("answer.json", "stream.sse", "events.sse")) {
                cases(source, path -> Files.exists(path.resolve(file))).forEach(path -> {
                    String name = path.getFileName().toString();
                    all.add(new Answer(
                            source, name, !file.endsWith("json"), text(source.key() + "/" + name + "/" + file)));
                });
            }
        }
        return all;
    }

    private static List<Path> cases(TestProtocol tongue, Predicate<Path> wanted) {
        try (Stream<Path> folders = Files.list(path(tongue.key()))) {
            return folders.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A place below {@code fixtures} on the class path. */
    public static Path path(String path) {
        try {
            return Path.of(ProtocolCorpus.class.getResource("/fixtures").toURI())
                    .resolve(path);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(String path) {
        try {
            return Files.readString(path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.read(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
