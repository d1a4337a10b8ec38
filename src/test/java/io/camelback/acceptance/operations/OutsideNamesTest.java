package io.camelback.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.Camelback;
import io.camelback.cli.RootCommand;
import io.camelback.event.GatewayEvent;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/**
 * Every name that hosts, operators and clients see stands in {@code outside-names.txt}, so that none changes unnoticed.
 * {@code -Dcamelback.golden=write} writes the file anew, to be read before it is kept.
 */
class OutsideNamesTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(GatewayTestCase::withoutRetries);

    private static final Path FILE = Path.of("src/test/resources/outside-names.txt");
    /**
     * Names that stand in the program as text: headers, exchange variables and properties, environment, settings,
     * beans.
     */
    private static final Pattern TEXT = Pattern.compile(
            "(?i:x-camelback(?:-[a-z]+)+)|\\bcamelback[A-Z]\\w+|\\bCAMELBACK_[A-Z_]+|\\bcamelback\\.[a-z][\\w.-]*[a-z]|\\bcamelback-[a-z][a-z-]*");

    private static final Pattern KEY = Pattern.compile("(?m)^[ #-]*([a-z][a-z0-9-]*):(?: |$)");
    private static final Pattern SERIES = Pattern.compile("(?m)^((?:camelback|gen_ai)\\w*)(?:\\{([^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private final List<String> names = new ArrayList<>();

    private void section(String title, Stream<String> entries) {
        names.add("# " + title);
        names.addAll(new TreeSet<>(entries.toList()));
        names.add("");
    }

    @Test
    void every_name_seen_from_outside_is_written_down() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(503));
        List<String> ids = new ArrayList<>();
        for (String model : List.of("premium", "balanced", "gpt", "nobody")) {
            HttpResponse<String> answer = drill.gateway().ask(model, model.equals("balanced"));
            ids.add(RunningGateway.header(answer, "X-Camelback-Request-Id"));
        }
        GatewayTestCase.soon("the requests")
                .until(() -> state().path("requests").size() >= 3);
        CamelContext context = drill.gateway().standalone.gateway().serving().context();

        section(
                "beans",
                context.getRegistry().findByTypeWithName(Object.class).keySet().stream()
                        .filter(name -> name.startsWith("camelback")));
        section(
                "routes",
                context.getRoutes().stream()
                        .map(route ->
                                route.getId() + " <- " + route.getEndpoint().getEndpointUri())
                        .filter(route -> !route.matches(".*-\\d+ <- .*")));
        section("route files", routeNames());
        section("headers, variables, properties, environment and beans in the program", texts());
        section("configuration", keys(Path.of("config/camelback.yaml")));
        section(
                "config/application.properties",
                Files.readAllLines(Path.of("config/application.properties")).stream()
                        .filter(line -> line.matches("[#\\s]*[\\w.-]+\\s*=.*"))
                        .map(line -> line.replaceAll("^[#\\s]*|\\s*=.*", "")));
        section("command line", commands("", new CommandLine(new RootCommand())));
        section("events", Stream.of(GatewayEvent.Type.values()).map(GatewayEvent.Type::word));
        section("metrics", metrics());
        section("state", fields(state()));
        section(
                "explain",
                fields(Json.read(drill.gateway()
                        .get(drill.gateway().management("/v1/explain?id=" + ids.get(0)))
                        .body())));
        section("ledger", columns());
        String actual = String.join("\n", names);

        if ("write".equals(System.getProperty("camelback.golden"))) {
            Files.writeString(FILE, actual);
        } else {
            assertThat(actual).isEqualTo(Files.readString(FILE));
        }
    }

    private static JsonNode state() throws Exception {
        return Json.read(
                drill.gateway().get(drill.gateway().management("/api/state")).body());
    }

    /** Ids, variables, headers, beans and Kamelets that the shipped files name. */
    private static Stream<String> routeNames() throws IOException {
        Pattern named = Pattern.compile(
                "(?m)\\b(?:id|ref|name|propertiesRef|group): *\"?([\\w{}-]+)|(variable\\.\\w+)|(kamelet:[\\w-]+)|(direct:[\\w-]+)");
        TreeSet<String> found = new TreeSet<>();
        for (String folder : List.of("routes", "kamelets")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                    named.matcher(Files.readString(file))
                            .results()
                            .forEach(match -> found.add(Stream.of(1, 2, 3, 4)
                                    .map(match::group)
                                    .filter(one -> one != null)
                                    .findFirst()
                                    .orElseThrow()));
                }
            }
        }
        return found.stream();
    }

    private static Stream<String> texts() throws IOException, URISyntaxException {
        Path classes = Path.of(Camelback.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes.resolve("io/camelback"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                TEXT.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .results()
                        .map(MatchResult::group)
                        .forEach(found::add);
            }
        }
        return found.stream().filter(name -> !name.startsWith("camelback.yaml"));
    }

    private static Stream<String> keys(Path file) throws IOException {
        return KEY.matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .distinct();
    }

    private static Stream<String> commands(String above, CommandLine line) {
        String name = (above + " " + line.getCommandName()).strip();
        Stream<String> options = line.getCommandSpec().options().stream()
                .map(option -> name + " " + String.join("|", option.names()) + " " + option.paramLabel());
        Stream<String> parameters =
                line.getCommandSpec().positionalParameters().stream().map(one -> name + " <" + one.paramLabel() + ">");
        Stream<String> below = line.getSubcommands().values().stream().flatMap(one -> commands(name, one));
        return Stream.of(Stream.of(name), options, parameters, below).flatMap(one -> one);
    }

    /** Each series with its labels. */
    private static Stream<String> metrics() throws Exception {
        Map<String, TreeSet<String>> series = new TreeMap<>();
        SERIES.matcher(drill.gateway()
                        .get(drill.gateway().management("/observe/metrics"))
                        .body())
                .results()
                .forEach(match -> LABEL.matcher(match.group(2) == null ? "" : match.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .forEach(series.computeIfAbsent(match.group(1), any -> new TreeSet<>())::add));
        return series.entrySet().stream().map(one -> one.getKey() + " " + String.join(",", one.getValue()));
    }

    /** The paths of all fields; what is named by a deployment or a chain is {@code *}. */
    private static Stream<String> fields(JsonNode json) {
        TreeSet<String> found = new TreeSet<>();
        collect("", json, found);
        return found.stream();
    }

    private static void collect(String path, JsonNode json, TreeSet<String> found) {
        json.forEach(one -> {
            if (json.isArray()) {
                collect(path + "[]", one, found);
            }
        });
        json.properties().forEach(field -> {
            String name = drill.gateway()
                            .standalone
                            .gateway()
                            .serving()
                            .loaded()
                            .config()
                            .deployments()
                            .containsKey(field.getKey())
                    ? "*"
                    : field.getKey();
            found.add(path + "." + name);
            collect(path + "." + name, field.getValue(), found);
        });
    }

    private static Stream<String> columns() {
        Ledger ledger = drill.gateway().ledger();
        return Stream.of(LedgerSamples.text(
                                ledger,
                                "SELECT group_concat(t.name || '.' || c.name, ' ') FROM sqlite_master t,"
                                        + " pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name LIKE 'camelback%'")
                        .split(" "))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream();
    }
}
