package io.camelback.cli.setup;

import io.camelback.cli.command.ChainNames;
import io.camelback.cli.command.HomeOptions;
import io.camelback.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bin/camelback setup}: writes a client's own settings for this gateway, and takes them back. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = "Lead a client to this gateway by its own settings: claude-code, codex, cursor, opencode,"
                + " gemini-cli or aider.",
        footer = {
            "",
            "Only the settings that are shown are changed. What the file was before is kept beside it, for --undo.",
            "One small request is sent first, in the client's API format: a provider may charge for it.",
            "The client key stays in your environment, and the settings name the variable.",
            "Where the gateway wants no key, leave the variable unset.",
            "Exit codes: 0 done, 1 not done, 2 the options are wrong, 3 no gateway answers."
        })
public final class SetupCommand implements Callable<Integer> {
    private static final int NOT_DONE = 1;
    private static final int WRONG_OPTIONS = 2;
    private static final int NO_GATEWAY = 3;
    private static final String USUAL_CHAIN = "premium";
    private static final String CLAUDE_MODEL = "claude-sonnet-5";

    @Parameters(
            paramLabel = "CLIENT",
            converter = ClientName.class,
            description = "claude-code, codex, cursor, opencode, gemini-cli or aider.")
    private SetupClient client;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:CAMELBACK_URL:-}",
            description = "The address of the gateway's API, as the client reaches it."
                    + " Default: $CAMELBACK_URL, or http://127.0.0.1 and $CAMELBACK_PORT, or port 8080.")
    private String url;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The chain or deployment to ask. Default: premium, or the gateway's first chain;"
                    + " Claude Code keeps its own names, which are aliases in config/camelback.yaml.")
    private String model;

    @Option(
            names = "--key-env",
            paramLabel = "NAME",
            defaultValue = "CAMELBACK_KEY",
            description = "The environment variable that holds the client key. Default: CAMELBACK_KEY.")
    private String keyVariable;

    @Option(
            names = "--key-in-file",
            description = "Write the key itself into the client's settings, which only you can read then.")
    private boolean keyInFile;

    @Option(names = "--no-check", description = "Send nothing: the names of the chains come from the home folder.")
    private boolean noCheck;

    @Option(names = "--dry-run", description = "Show what would be written, and write nothing. No provider is asked.")
    private boolean dryRun;

    @Option(names = "--undo", description = "Take the settings back to what they were before setup.")
    private boolean undo;

    @Option(
            names = "--user-home",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}",
            description = "The home folder of the client's user. Default: yours.")
    private Path userHome;

    @Option(names = "--json", description = "Print what was done as JSON.")
    private boolean json;

    @Mixin
    private HomeOptions home;

    @Spec
    private CommandSpec spec;

    private final UnaryOperator<String> environment;

    /** As the user's environment says. */
    public SetupCommand() {
        this(System::getenv);
    }

    /** As this environment says: names to values, null for none. */
    public SetupCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            String key = environment.apply(keyVariable);
            return run(key == null || key.isBlank() ? null : key.trim());
        } catch (GatewayProbe.NoGatewayException e) {
            return fail(NO_GATEWAY, e.getMessage());
        } catch (IOException e) {
            return fail(NOT_DONE, e.getMessage());
        } catch (IllegalArgumentException e) {
            return fail(WRONG_OPTIONS, e.getMessage());
        }
    }

    private int run(String key) throws IOException, InterruptedException {
        ClientPaths paths = new ClientPaths(userHome, environment);
        SetupReport report = new SetupReport(client, dryRun);
        if (undo) {
            SetupTarget nothing = new SetupTarget("", USUAL_CHAIN, List.of(), keyVariable, null, false);
            for (SettingsFile file : client.settings(nothing, paths).files()) {
                report.undone(file, SettingsStore.undo(file));
            }
            return print(report);
        }
        if (keyInFile && key == null) {
            throw new IllegalArgumentException("--key-in-file needs a key: set " + keyVariable
                    + " to it, or name another variable with --key-env.");
        }
        String address = address();
        GatewayProbe probe = new GatewayProbe(address, keyVariable, key);
        List<String> chains = chains(probe);
        String chosen = chosen(chains);
        SetupTarget target = new SetupTarget(address, chosen, chains, keyVariable, key, keyInFile);
        ClientSettings settings = client.settings(target, paths);
        for (SettingsFile file : settings.files()) {
            SettingsStore.edited(file);
        }
        if (!noCheck && !dryRun) {
            String asked = chosen == null ? CLAUDE_MODEL : chosen;
            report.checked(asked, probe.ask(client.probe(), asked));
        }
        if (!dryRun) {
            SettingsStore.apply(settings.files());
        }
        report.written(target, settings);
        return print(report);
    }

    private List<String> chains(GatewayProbe probe) throws IOException, InterruptedException {
        if (!noCheck) {
            try {
                return probe.chains();
            } catch (GatewayProbe.NoGatewayException e) {
                if (!dryRun) {
                    throw e;
                }
            }
        }
        String problem = home.problem();
        if (problem == null) {
            return List.copyOf(ChainNames.in(home.home));
        }
        if (model == null) {
            throw new IllegalArgumentException("Name a model with --model, or start the gateway. " + problem);
        }
        return List.of(model);
    }

    /** @return null where the client keeps its own names */
    private String chosen(List<String> chains) {
        if (model != null || client == SetupClient.CLAUDE_CODE) {
            return model;
        }
        if (chains.isEmpty()) {
            throw new IllegalArgumentException("The gateway has no chain. Name a deployment with --model.");
        }
        return chains.contains(USUAL_CHAIN) ? USUAL_CHAIN : chains.get(0);
    }

    private String address() {
        String port = environment.apply("CAMELBACK_PORT");
        String named = url == null || url.isBlank()
                ? "http://127.0.0.1:" + (port == null || port.isBlank() ? "8080" : port.trim())
                : url.trim();
        String address = named.replaceFirst("/+(?:v1(?:beta)?/*)?$", "");
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // The message below says what an address is.
        }
        throw new IllegalArgumentException(
                "--url takes the address of the gateway's API, such as http://127.0.0.1:8080, and not " + named + ".");
    }

    private int print(SetupReport report) {
        if (json) {
            spec.commandLine().getOut().println(Json.text(report.json()));
        } else {
            report.lines().forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private int fail(int code, String message) {
        spec.commandLine().getErr().println(message);
        return code;
    }

    /** The names of the clients, as they are written on the command line. */
    static final class ClientName implements ITypeConverter<SetupClient> {
        @Override
        public SetupClient convert(String name) {
            List<String> known = new ArrayList<>();
            for (SetupClient client : SetupClient.values()) {
                if (client.toString().equals(name)) {
                    return client;
                }
                known.add(client.toString());
            }
            throw new TypeConversionException(
                    "'" + name + "' is no client that setup knows. There are: " + String.join(", ", known) + ".");
        }
    }
}
