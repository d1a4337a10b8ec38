package io.camelback.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation: its links, its headings and its snippets.
 *
 * @param path from the repository's top level
 * @param text as it is in the file
 */
record MarkdownPage(Path path, String text) {
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /**
     * A code block.
     *
     * @param page where it is
     * @param line of its first line of code, from 1
     * @param language as the page says it; empty when it says none
     */
    record Snippet(Path page, int line, String language, String code) {
        @Override
        public String toString() {
            return page + ":" + line + " (" + language + ")";
        }
    }

    /** README.md, CONTRIBUTING.md and the like, everything in docs/ and the pages of examples/. */
    static List<MarkdownPage> all() {
        List<MarkdownPage> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples =
                        Files.isDirectory(Path.of("examples")) ? Files.walk(Path.of("examples")) : Stream.of()) {
            for (Path path : Stream.of(top, docs, examples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("target/"))
                    .sorted()
                    .toList()) {
                pages.add(new MarkdownPage(path, Files.readString(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    List<Snippet> snippets() {
        List<Snippet> found = new ArrayList<>();
        Matcher snippet = SNIPPET.matcher(text);
        while (snippet.find()) {
            int line = (int) text.substring(0, snippet.start(2)).lines().count() + 1;
            found.add(new Snippet(path, line, snippet.group(1), snippet.group(2)));
        }
        return found;
    }

    /** Targets of links, snippets left out. */
    List<String> links() {
        return LINK.matcher(SNIPPET.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** The anchors that GitHub gives the headings. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        HEADING.matcher(SNIPPET.matcher(text).replaceAll(""))
                .results()
                .forEach(heading -> anchors.add(heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .trim()
                        .replace(' ', '-')));
        return anchors;
    }
}
