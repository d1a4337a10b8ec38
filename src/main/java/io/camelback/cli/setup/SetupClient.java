package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The programs that {@code setup} knows. What each reads is described by its makers: Claude Code's settings.json,
 * Codex' config.toml, opencode.json, Gemini CLI's settings.json and .env, aider's .aider.conf.yml.
 */
enum SetupClient {
    CLAUDE_CODE("Claude Code", ProbeFormat.MESSAGES) {
        @Override
        ClientSettings settings(SetupTarget target, ClientPaths paths) {
            List<SettingsChange> changes = new ArrayList<>();
            changes.add(SettingsChange.set(target.url(), "env", "ANTHROPIC_BASE_URL"));
            changes.add(target.keySetting("env", "ANTHROPIC_AUTH_TOKEN"));
            changes.add(SettingsChange.remove("env", "ANTHROPIC_API_KEY"));
            changes.add(
                    target.keyByVariable()
                            ? SettingsChange.set("printf %s \"$" + target.keyVariable() + "\"", "apiKeyHelper")
                            : SettingsChange.remove("apiKeyHelper"));
            if (target.model() != null) {
                changes.add(SettingsChange.set(target.model(), "model"));
            }
            SettingsFile file = new SettingsFile(paths.claudeSettings(), SettingsFormat.JSON, changes);
            return new ClientSettings(List.of(file), List.of("Start claude."));
        }
    },
    CODEX("Codex", ProbeFormat.RESPONSES) {
        @Override
        ClientSettings settings(SetupTarget target, ClientPaths paths) {
            ObjectNode provider = Json.object()
                    .put("name", "Camelback")
                    .put("base_url", target.url() + "/v1")
                    .put("wire_api", "responses")
                    .put("supports_websockets", true);
            boolean secret = target.key() != null && target.keyInFile();
            if (secret) {
                provider.set("experimental_bearer_token", target.keyNode());
            } else if (target.key() != null) {
                provider.put("env_key", target.keyVariable());
            }
            SettingsFile file = SettingsFile.of(
                    paths.codexConfig(),
                    SettingsFormat.TOML,
                    SettingsChange.set(target.model(), "model"),
                    SettingsChange.set(PROVIDER, "model_provider"),
                    new SettingsChange(List.of("model_providers", PROVIDER), provider, secret));
            return new ClientSettings(List.of(file), List.of("Start codex."));
        }
    },
    CURSOR("Cursor", ProbeFormat.CHAT_COMPLETIONS) {
        @Override
        ClientSettings settings(SetupTarget target, ClientPaths paths) {
            return new ClientSettings(
                    List.of(),
                    List.of(
                            "Cursor keeps these settings in its own database, so set them by hand:"
                                    + " Cursor Settings, Models, API Keys.",
                            "OpenAI API Key: "
                                    + (target.key() == null ? "unused" : "the value of $" + target.keyVariable())
                                    + ", and turn it on.",
                            "Override OpenAI Base URL: " + target.url() + "/v1, and turn it on.",
                            "Add Custom Model, each by its name: " + String.join(", ", target.chains()) + ".",
                            "Cursor's servers send the requests: the address has to be one that they reach, with https"
                                    + " and a client key."));
        }
    },
    OPENCODE("opencode", ProbeFormat.CHAT_COMPLETIONS) {
        @Override
        ClientSettings settings(SetupTarget target, ClientPaths paths) {
            ObjectNode provider =
                    Json.object().put("npm", "@ai-sdk/openai-compatible").put("name", "Camelback");
            ObjectNode options = provider.putObject("options").put("baseURL", target.url() + "/v1");
            if (target.keyByVariable()) {
                options.put("apiKey", "{env:" + target.keyVariable() + "}");
            } else {
                options.set("apiKey", target.keyNode());
            }
            ObjectNode models = provider.putObject("models");
            target.chains().forEach(chain -> models.putObject(chain).put("name", chain));
            models.putObject(target.model()).put("name", target.model());
            SettingsFile file = SettingsFile.of(
                    paths.openCodeConfig(),
                    SettingsFormat.JSON,
                    new SettingsChange(
                            List.of("provider", PROVIDER), provider, target.key() != null && target.keyInFile()),
                    SettingsChange.set(PROVIDER + "/" + target.model(), "model"));
            return new ClientSettings(List.of(file), List.of("Start opencode."));
        }
    },
    GEMINI_CLI("Gemini CLI", ProbeFormat.GENERATE_CONTENT) {
        @Override
        ClientSettings settings(SetupTarget target, ClientPaths paths) {
            SettingsFile variables = SettingsFile.of(
                    paths.gemini(".env"),
                    SettingsFormat.DOTENV,
                    SettingsChange.set(target.url(), "GOOGLE_GEMINI_BASE_URL"),
                    target.keySetting("GEMINI_API_KEY"));
            SettingsFile settings = SettingsFile.of(
                    paths.gemini("settings.json"),
                    SettingsFormat.JSON,
                    SettingsChange.set("gemini-api-key", "security", "auth", "selectedType"),
                    SettingsChange.set(target.model(), "model", "name"));
            return new ClientSettings(
                    List.of(variables, settings),
                    List.of(
                            start(target, "GEMINI_API_KEY", "gemini"),
                            "It reads this .env in folders that you trust; without a terminal, set"
                                    + " GEMINI_CLI_TRUST_WORKSPACE=true."));
        }
    },
    AIDER("aider", ProbeFormat.CHAT_COMPLETIONS) {
        @Override
        ClientSettings settings(SetupTarget target, ClientPaths paths) {
            SettingsFile file = SettingsFile.of(
                    paths.aiderConfig(),
                    SettingsFormat.YAML,
                    SettingsChange.set("openai/" + target.model(), "model"),
                    SettingsChange.set(target.url() + "/v1", "openai-api-base"),
                    target.keySetting("openai-api-key"));
            return new ClientSettings(List.of(file), List.of(start(target, "OPENAI_API_KEY", "aider")));
        }
    };

    private static final String PROVIDER = "camelback";

    private final String title;
    private final ProbeFormat probe;

    SetupClient(String title, ProbeFormat probe) {
        this.title = title;
        this.probe = probe;
    }

    /** What leads this client to the gateway. */
    abstract ClientSettings settings(SetupTarget target, ClientPaths paths);

    /** The client's own name. */
    String title() {
        return title;
    }

    /** The API format that this client speaks. */
    ProbeFormat probe() {
        return probe;
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String start(SetupTarget target, String variable, String command) {
        return target.keyByVariable()
                ? "Start it with the key: " + variable + "=\"$" + target.keyVariable() + "\" " + command
                : "Start " + command + ".";
    }
}
