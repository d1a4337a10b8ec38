package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.yaml.ConfigException;
import io.camelback.json.Json;
import io.camelback.ledger.LedgerRefusedException;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.protocol.InvalidRequestException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bin/camelback key}: manages client keys. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Create, list, show and revoke client keys.",
        footer = {
            "",
            "Once a key exists, every API endpoint requires one. A running gateway applies changes within a second.",
            "Exit codes: 0 done, 1 not done, 2 the options or the configuration are wrong."
        })
public final class KeyCommand extends CommandGroup {
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Create a key. It is printed once, on standard output; only its SHA-256 is stored.")
    int create(
            @Mixin ClientKeyGateway book,
            @Parameters(paramLabel = "NAME", description = "A name: the owner or the purpose.") String name,
            @Option(
                            names = "--model",
                            paramLabel = "NAME",
                            split = ",",
                            description = "A chain or deployment that it may use; several with commas. Default: all.")
                    List<String> models,
            @Option(
                            names = "--budget",
                            paramLabel = "PERIOD=DOLLARS",
                            split = ",",
                            description = "What it may spend by day, week or month, such as month=20.")
                    Map<String, String> budget,
            @Option(
                            names = "--limit",
                            paramLabel = "LIMIT=N",
                            split = ",",
                            description = "Its rate limits: requests/minute=60,"
                                    + " tokens/day=100000 (minute, hour, day, month), concurrent=5, window=sliding.")
                    Map<String, String> limits,
            @Option(names = "--note", paramLabel = "NAME=TEXT", description = "Any note about it.")
                    Map<String, String> notes) {
        ObjectNode asked = Json.object().put("action", "create").put("name", name);
        ObjectNode settings = asked.putObject("settings");
        if (models != null) {
            models.forEach(settings.putArray("models")::add);
        }
        put(settings, "budget", budget);
        put(settings, "limits", limits);
        put(settings, "metadata", notes);
        return act(book, asked, key -> {
            err().printf(
                            "%s, \"%s\": this is the key. It is not shown again.%n",
                            key.path("id").asText(), key.path("name").asText());
            out().println(key.path("secret").asText());
        });
    }

    private static void put(ObjectNode settings, String name, Map<String, String> values) {
        if (values != null) {
            ObjectNode group = settings.putObject(name);
            new LinkedHashMap<>(values).forEach(group::put);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List all keys, revoked ones included.")
    int list(@Mixin ClientKeyGateway book, @Option(names = "--json", description = "As JSON.") boolean json) {
        return act(book, Json.object().put("action", "list"), done -> {
            if (json) {
                out().println(Json.text(done));
                return;
            }
            done.path("keys")
                    .forEach(key -> out().printf(
                                    "%-12s  %-24s  %s  %-7s  %-20s  %s%n",
                                    key.path("id").asText(),
                                    key.path("name").asText(),
                                    key.path("created").asText().substring(0, 10),
                                    key.has("revoked") ? "revoked" : "serves",
                                    key.has("models") ? words(key.path("models")) : "all models",
                                    amounts(key.path("budget"))));
        });
    }

    private static String words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    private static String amounts(JsonNode budget) {
        StringBuilder text = new StringBuilder();
        budget.properties()
                .forEach(cap -> text.append(text.isEmpty() ? "$" : ", $")
                        .append(cap.getValue().asText())
                        .append(" a ")
                        .append(cap.getKey()));
        return text.isEmpty() ? "no budget" : text.toString();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a key's settings and the state of its budget and quotas, as JSON.")
    int show(
            @Mixin ClientKeyGateway book,
            @Parameters(paramLabel = "KEY", description = "Its id, or its name.") String key) {
        return act(book, Json.object().put("action", "show").put("key", key), done -> out().println(Json.text(done)));
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revoke a key: its requests are refused from now on.")
    int revoke(
            @Mixin ClientKeyGateway book,
            @Parameters(paramLabel = "KEY", description = "Its id, or its name.") String key) {
        return act(
                book,
                Json.object().put("action", "revoke").put("key", key),
                done -> out().printf(
                                "%s, \"%s\", is revoked.%n",
                                done.path("id").asText(), done.path("name").asText()));
    }

    /** What is said when it is done. */
    private interface Told {
        void of(JsonNode done);
    }

    private int act(ClientKeyGateway book, ObjectNode asked, Told told) {
        String problem = book.home.problem();
        if (problem != null) {
            err().println(problem);
            return 2;
        }
        try {
            told.of(book.act(asked));
            out().flush();
            return 0;
        } catch (ConfigException e) {
            err().println(e.getMessage());
            return 2;
        } catch (InvalidRequestException | LedgerRefusedException | LedgerUnavailableException | IOException e) {
            err().println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
