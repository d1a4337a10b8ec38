package io.camelback.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.cli.RootCommand;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Agents with a tool that runs a command: how each is started without a terminal, and what it calls that tool. */
enum CodingAgent {
    CLAUDE_CODE("Bash", "command") {
        @Override
        List<String> start(String prompt) throws IOException {
            return InstalledClients.words(
                    program("claude"), "-p", prompt, "--model", "balanced", "--allowedTools", "Bash(*)");
        }

        @Override
        Map<String, String> environment(String gateway) {
            return Map.of("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1", "DISABLE_AUTOUPDATER", "1");
        }
    },
    CODEX("exec_command", "cmd") {
        @Override
        List<String> start(String prompt) throws IOException {
            return InstalledClients.words(
                    program("codex"),
                    "exec",
                    "--skip-git-repo-check",
                    "--dangerously-bypass-approvals-and-sandbox",
                    prompt);
        }
    },
    OPENCODE("bash", "command") {
        @Override
        List<String> start(String prompt) throws IOException {
            return InstalledClients.words(program("opencode"), "run", prompt);
        }

        @Override
        Map<String, String> environment(String gateway) {
            return Map.of("OPENCODE_DISABLE_AUTOUPDATE", "1", "OPENCODE_DISABLE_MODELS_FETCH", "1");
        }

        /** It asks this model for a title, at the same time. */
        @Override
        void prepare(Path home) throws IOException {
            write(home.resolve(".config/opencode/opencode.json"), "{\n  \"small_model\": \"camelback/economy\"\n}\n");
        }
    },
    GEMINI_CLI("run_shell_command", "command") {
        @Override
        List<String> start(String prompt) throws IOException {
            return InstalledClients.words(program("gemini"), "--yolo", "-p", prompt);
        }

        @Override
        Map<String, String> environment(String gateway) {
            return Map.of("GEMINI_CLI_TRUST_WORKSPACE", "true");
        }

        @Override
        Optional<String> keyVariable() {
            return Optional.of("GEMINI_API_KEY");
        }

        @Override
        void prepare(Path home) throws IOException {
            write(
                    home.resolve(".gemini/settings.json"),
                    "{\n  // mine\n  \"privacy\": { \"usageStatisticsEnabled\": false }\n}\n");
        }
    },
    QWEN_CODE("run_shell_command", "command") {
        @Override
        List<String> start(String prompt) throws IOException {
            return InstalledClients.words(
                    program("qwen"), "--auth-type", "openai", "--model", "balanced", "--yolo", "-p", prompt);
        }

        @Override
        Map<String, String> environment(String gateway) {
            return Map.of(
                    "OPENAI_API_KEY", "unused",
                    "OPENAI_BASE_URL", gateway + "/v1",
                    // It sends all through a proxy, also what is on this machine.
                    "HTTP_PROXY", "",
                    "HTTPS_PROXY", "",
                    "http_proxy", "",
                    "https_proxy", "");
        }

        @Override
        void prepare(Path home) throws IOException {
            write(home.resolve(".qwen/settings.json"), "{ \"privacy\": { \"usageStatisticsEnabled\": false } }");
        }
    };

    private final String tool;
    private final String argument;

    CodingAgent(String tool, String argument) {
        this.tool = tool;
        this.argument = argument;
    }

    /** The program and its arguments. */
    abstract List<String> start(String prompt) throws IOException;

    Map<String, String> environment(String gateway) {
        return Map.of();
    }

    /** The variable that it reads its key from, when its settings cannot name one. */
    Optional<String> keyVariable() {
        return Optional.empty();
    }

    /** What its user has set before. */
    void prepare(Path home) throws IOException {}

    /** Leads it to the gateway, as its user would. Qwen Code is led by its environment alone. */
    void setUp(Path home, GatewayTestCase drill) throws IOException {
        prepare(home);
        if (this == QWEN_CODE) {
            return;
        }
        String url = drill.gateway().uri("").toString();
        String files = drill.gateway().home.toString();
        List<String> arguments = InstalledClients.words(
                "setup", client(), "--url", url, "--user-home", home.toString(), "--home", files, "--no-check");
        arguments.addAll(List.of("--model", BalancedChainLinks.CHAIN));
        assertThat(new CommandLine(new RootCommand()).execute(arguments.toArray(String[]::new)))
                .isZero();
    }

    /** Its name for {@code bin/camelback setup}. */
    String client() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A model's answer that runs this command, after some thinking. */
    SimulatedCompletion calling(String command) {
        return SimulatedCompletion.calling(
                        tool, Json.text(Json.object().put(argument, command).put("description", "A step.")))
                .reasoning("Let me ", "run it.");
    }

    private static String program(String name) throws IOException {
        return InstalledClients.command("agents", "agents/package-lock.json", "node_modules/.bin/" + name);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
