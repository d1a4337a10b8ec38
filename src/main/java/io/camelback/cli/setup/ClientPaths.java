package io.camelback.cli.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Where clients keep their settings: in the user's home folder, or where their own variables say. */
final class ClientPaths {
    private final Path home;
    private final UnaryOperator<String> environment;

    ClientPaths(Path home, UnaryOperator<String> environment) {
        this.home = home;
        this.environment = environment;
    }

    Path claudeSettings() {
        return folder("CLAUDE_CONFIG_DIR", home.resolve(".claude")).resolve("settings.json");
    }

    Path codexConfig() {
        return folder("CODEX_HOME", home.resolve(".codex")).resolve("config.toml");
    }

    /** The one with comments when it is there: opencode reads it last. */
    Path openCodeConfig() {
        Path folder = folder("XDG_CONFIG_HOME", home.resolve(".config")).resolve("opencode");
        Path commented = folder.resolve("opencode.jsonc");
        return Files.exists(commented) ? commented : folder.resolve("opencode.json");
    }

    Path gemini(String name) {
        return folder("GEMINI_CLI_HOME", home).resolve(".gemini").resolve(name);
    }

    Path aiderConfig() {
        return home.resolve(".aider.conf.yml");
    }

    private Path folder(String variable, Path otherwise) {
        String named = environment.apply(variable);
        return named == null || named.isBlank() ? otherwise : Path.of(named.trim());
    }
}
