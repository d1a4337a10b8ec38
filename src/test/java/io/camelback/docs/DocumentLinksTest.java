package io.camelback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every link of the documentation leads to a file and a heading that are there, and every page of docs/ can be reached.
 */
class DocumentLinksTest {
    private static final List<MarkdownPage> PAGES = MarkdownPage.all();
    private static final Map<Path, MarkdownPage> BY_PATH =
            PAGES.stream().collect(Collectors.toMap(MarkdownPage::path, Function.identity()));

    @Test
    void every_link_leads_somewhere() {
        List<String> broken = new ArrayList<>();
        for (MarkdownPage page : PAGES) {
            for (String link : page.links()) {
                if (!link.matches("[a-z]+:.*") && !leads(page, link)) {
                    broken.add(page.path() + " links to " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(MarkdownPage page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page.path() : target(page, parts[0]);
        if (parts.length == 1) {
            return Files.exists(target);
        }
        MarkdownPage there = BY_PATH.get(target);
        return there != null && there.anchors().contains(parts[1]);
    }

    private static Path target(MarkdownPage page, String link) {
        Path folder = page.path().getParent();
        Path target = (folder == null ? Path.of(link) : folder.resolve(link)).normalize();
        Path index = target.resolve("README.md");
        return Files.exists(index) ? index : target;
    }

    @Test
    void every_page_can_be_reached_from_the_readme() {
        Set<Path> reached = new TreeSet<>(Set.of(Path.of("README.md")));
        List<Path> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            MarkdownPage page = BY_PATH.get(open.remove(open.size() - 1));
            for (String link : page.links()) {
                Path target = target(page, link.split("#", 2)[0]);
                if (BY_PATH.containsKey(target) && reached.add(target)) {
                    open.add(target);
                }
            }
        }
        assertThat(BY_PATH.keySet()).allMatch(reached::contains);
    }
}
