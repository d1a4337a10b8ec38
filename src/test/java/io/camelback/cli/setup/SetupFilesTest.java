package io.camelback.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code bin/camelback setup} makes of real files, and what its undo does. */
class SetupFilesTest extends SetupTestCase {
    /** Client, file, what is in it before, what it holds after. */
    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        SetupClient.CLAUDE_CODE,
                        ".claude/settings.json",
                        "{\n  \"permissions\": {\n    \"allow\": [\"Bash(ls:*)\"]\n  },\n  \"env\": {\n    \"ANTHROPIC_API_KEY\": \"mine\",\n    \"FOO\": \"1\"\n  }\n}\n",
                        "{\n  \"permissions\": {\n    \"allow\": [\"Bash(ls:*)\"]\n  },\n  \"env\": {\n    \"ANTHROPIC_AUTH_TOKEN\": \"unused\",\n    \"ANTHROPIC_BASE_URL\": \"<url>\",\n    \"FOO\": \"1\"\n  }\n}\n"),
                Arguments.of(
                        SetupClient.CODEX,
                        ".codex/config.toml",
                        "# my Codex\nmodel = \"gpt-5.5\"  # fast\napproval_policy = \"on-request\"\n\n[projects.\"/home/me\"]\ntrust_level = \"trusted\"\n",
                        "# my Codex\nmodel = \"premium\"  # fast\napproval_policy = \"on-request\"\nmodel_provider = \"camelback\"\n\n[projects.\"/home/me\"]\ntrust_level = \"trusted\"\n\n[model_providers.camelback]\nname = \"Camelback\"\nbase_url = \"<url>/v1\"\nwire_api = \"responses\"\nsupports_websockets = true\n"),
                Arguments.of(
                        SetupClient.OPENCODE,
                        ".config/opencode/opencode.jsonc",
                        "{\n  // mine\n  \"theme\": \"dark\",\n}\n",
                        null),
                Arguments.of(
                        SetupClient.GEMINI_CLI,
                        ".gemini/.env",
                        "FOO=1\nGEMINI_API_KEY=mine\n",
                        "FOO=1\nGEMINI_API_KEY=unused\nGOOGLE_GEMINI_BASE_URL=<url>\n"),
                Arguments.of(
                        SetupClient.GEMINI_CLI,
                        ".gemini/settings.json",
                        "{\n  \"ui\": {\"theme\": \"x\"} // mine\n}",
                        "{\n  \"model\": {\n    \"name\": \"premium\"\n  },\n  \"security\": {\n    \"auth\": {\n      \"selectedType\": \"gemini-api-key\"\n    }\n  },\n  \"ui\": {\"theme\": \"x\"} // mine\n}"),
                Arguments.of(
                        SetupClient.AIDER,
                        ".aider.conf.yml",
                        "# mine\ndark-mode: true\nmodel: sonnet\n",
                        "# mine\ndark-mode: true\nmodel: openai/premium\nopenai-api-base: <url>/v1\nopenai-api-key: unused\n"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("files")
    void only_its_own_settings_change_and_undo_gives_back_the_bytes(
            SetupClient client, String name, String before, String after) throws Exception {
        Path file = write(name, before);

        assertThat(run(client.toString(), "--url", url)).as(err.toString()).isZero();

        if (after != null) {
            assertThat(file).hasContent(after.replace(URL, url));
        } else {
            assertThat(Files.readString(file)).contains("// mine", "\"model\": \"camelback/premium\"", url + "/v1");
        }
        assertThat(out.toString()).contains(file.toString(), "was answered by ", "balanced", "--undo");

        assertThat(run(client.toString(), "--undo")).isZero();
        assertThat(file).hasContent(before);
        assertNothingElseIn(file);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("files")
    void what_others_write_meanwhile_stays(SetupClient client, String name, String before, String after)
            throws Exception {
        Path file = write(name, before);
        assertThat(run(client.toString(), "--url", url)).isZero();
        String added =
                name.endsWith(".toml") || name.endsWith(".env") || name.endsWith(".yml") ? "\n# later\n" : "\n\n";
        Files.writeString(file, Files.readString(file) + added);

        assertThat(run(client.toString(), "--url", url, "--model", "balanced")).isZero();
        Files.writeString(file, Files.readString(file) + added);
        assertThat(run(client.toString(), "--undo")).isZero();

        assertThat(lines(file)).containsExactlyInAnyOrderElementsOf(lines(before + added + added));
        assertThat(out.toString()).contains("was changed since");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(SetupClient.class)
    void files_that_were_not_there_are_made_and_go_again(SetupClient client) throws Exception {
        assertThat(run(client.toString(), "--url", url + "/v1/"))
                .as(err.toString())
                .isZero();
        assertThat(run(client.toString(), "--url", url)).isZero();
        try (Stream<Path> all = Files.walk(user)) {
            assertThat(all.filter(Files::isRegularFile).toList())
                    .hasSize(
                            switch (client) {
                                case CURSOR -> 0;
                                case GEMINI_CLI -> 4;
                                default -> 2;
                            });
        }

        assertThat(run(client.toString(), "--undo")).isZero();
        assertThat(run(client.toString(), "--undo")).isZero();
        try (Stream<Path> all = Files.walk(user)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = SetupClient.class, names = "CURSOR", mode = EnumSource.Mode.EXCLUDE)
    void a_key_is_only_named_unless_it_shall_be_in_the_file(SetupClient client) throws Exception {
        environment.put("TEAM_KEY", "cb-secret-1");

        assertThat(run(client.toString(), "--url", url, "--key-env", "TEAM_KEY"))
                .isZero();
        assertThat(allText()).doesNotContain("cb-secret-1");
        assertThat(allText() + out).contains("TEAM_KEY");

        assertThat(run(client.toString(), "--url", url, "--key-env", "TEAM_KEY", "--key-in-file"))
                .isZero();
        assertThat(allText()).contains("cb-secret-1");
        assertThat(out.toString()).doesNotContain("cb-secret-1");
        try (Stream<Path> all = Files.walk(user)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("cb-secret-1")) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void permissions_and_links_stay() throws Exception {
        Path real = write("dotfiles/claude.json", "{}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectories(user.resolve(".claude"));
        Path link = Files.createSymbolicLink(user.resolve(".claude/settings.json"), real);
        environment.put("CAMELBACK_KEY", "cb-secret-1");

        assertThat(run("claude-code", "--url", url, "--key-in-file")).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(real).content().contains("cb-secret-1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-------");

        assertThat(run("claude-code", "--undo")).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("{}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void clients_say_themselves_where_their_files_are() throws Exception {
        environment.put("CODEX_HOME", user.resolve("elsewhere").toString());

        assertThat(run("codex", "--url", url)).isZero();

        assertThat(user.resolve("elsewhere/config.toml")).exists();
        assertThat(user.resolve(".codex")).doesNotExist();
    }

    private static void assertNothingElseIn(Path file) throws Exception {
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    private static List<String> lines(Path file) throws Exception {
        return lines(Files.readString(file));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private String allText() throws Exception {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.walk(user)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
