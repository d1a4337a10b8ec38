package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.camel.bundle.BundleDryRun;
import io.camelback.camel.bundle.LedgerOpener;
import io.camelback.cli.terminal.PlanTable;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.config.LedgerSettings;
import io.camelback.config.yaml.ConfigException;
import io.camelback.json.Json;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerRefusedException;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.report.RequestLookup;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/camelback explain}: shows which deployments a request would be sent to, or was sent to, and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Show which deployments a request would be sent to, in order, and why others are skipped. No provider is called.",
        footer = {
            "",
            "Without --url the files of the home folder are used, as if all providers worked and nothing was spent.",
            "With --url (such as http://127.0.0.1:9876) the running gateway answers from its current state.",
            "--request ID shows the plan of a finished request and what happened: any request in the ledger,",
            "also without --url. A request's id is in x-camelback-request-id.",
            "Exit codes: 0 printed, 1 there is no such request, chain or model, 2 the options, the file, the configuration or the",
            "ledger are wrong, 3 no gateway answers."
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Parameters(arity = "0..1", paramLabel = "REQUEST.json", description = "A request as clients send it.")
    private Path file;

    @Option(names = "--request", paramLabel = "ID", description = "The id of a finished request, instead of a file.")
    private String id;

    @Option(names = "--url", paramLabel = "URL", description = "The management port of a running gateway.")
    private URI url;

    @Option(
            names = "--endpoint",
            paramLabel = "DIALECT",
            defaultValue = "openai",
            description = "The file's API format: openai, anthropic or responses. Default: openai.")
    private String endpoint;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:CAMELBACK_HOME:-.}",
            description =
                    "The folder with routes/, kamelets/ and config/. Default: $CAMELBACK_HOME, or the folder that bin/ is in.")
    private Path home;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String problem = problem();
        if (problem != null) {
            spec.commandLine().getErr().println(problem);
            return 2;
        }
        try {
            JsonNode plan = url != null
                    ? ask()
                    : id != null
                            ? lookUp()
                            : BundleDryRun.explain(home, System::getenv, Files.readAllBytes(file), endpoint);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(plan.toPrettyString());
            } else {
                new PlanTable(TerminalStyle.here(System.getenv())).lines(plan).forEach(out::println);
            }
            out.flush();
            return 0;
        } catch (InvalidRequestException e) {
            spec.commandLine().getErr().println(e.error().message());
            return 1;
        } catch (ConfigException | LedgerRefusedException | LedgerUnavailableException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } catch (GatewayUnreachableException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 3;
        }
    }

    /** What is wrong with the options; null when nothing is. */
    private String problem() {
        if ((file == null) == (id == null)) {
            return "Name a file with a request, or a finished request with --request ID.";
        }
        if (file != null && !Files.isReadable(file)) {
            return "There is no file " + file + " that can be read.";
        }
        return url == null ? ServerOptions.homeProblem(home) : null;
    }

    /** Reads it from the ledger of the home folder, whether a gateway runs there or not. */
    private JsonNode lookUp() throws IOException {
        LedgerSettings settings = LedgerOpener.config(home, System::getenv).ledger();
        try (LedgerDatabase database = LedgerOpener.readOnly(settings, home)) {
            return database.read(connection -> RequestLookup.find(connection, id))
                    .orElseThrow(() -> new InvalidRequestException(
                            null,
                            "The ledger has no request " + id
                                    + ". If the gateway runs elsewhere or has no ledger,"
                                    + " query it with --url http://127.0.0.1:9876."));
        }
    }

    private JsonNode ask() throws IOException, InterruptedException {
        String query = id == null ? "?endpoint=" + encoded(endpoint) : "?id=" + encoded(id);
        URI question = URI.create(url.toString().replaceAll("/+$", "") + "/v1/explain" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(question).timeout(TIMEOUT);
        String token = System.getenv("CAMELBACK_MANAGEMENT_TOKEN");
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token.trim());
        }
        if (file != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofFile(file));
        }
        HttpResponse<String> answer;
        try {
            answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new GatewayUnreachableException(
                    "No gateway answers at " + url + ". Name the management port of a running one.");
        }
        JsonNode said = Json.read(answer.body());
        if (answer.statusCode() == 200) {
            return said;
        }
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw new GatewayUnreachableException(said.at("/error/message").asText());
        }
        throw new InvalidRequestException(null, said.at("/error/message").asText());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class GatewayUnreachableException extends IOException {
        private static final long serialVersionUID = 1L;

        GatewayUnreachableException(String message) {
            super(message);
        }
    }
}
