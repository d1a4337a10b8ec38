package io.camelback.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.clientkey.ClientKeyService;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.LedgerSettings;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.config.reader.PriceListReader;
import io.camelback.json.Json;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerRefusedException;
import io.camelback.ledger.PostgresDatabase;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.pricing.PriceList;
import io.camelback.protocol.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;

/**
 * Executes actions on client keys in the ledger's database, or through the running gateway that owns its file. Its file
 * is the running gateway's alone, which is asked in its place.
 */
final class ClientKeyGateway {
    private static final String CONFIG = "config/camelback.yaml";
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    @Mixin
    HomeOptions home;

    @Mixin
    private ManagementClient gateway;

    /** @throws LedgerRefusedException when the ledger cannot be opened, and no gateway that has it answers */
    JsonNode act(ObjectNode asked) throws IOException, InterruptedException {
        CamelbackConfig config = config();
        checkModels(asked, config);
        LedgerDatabase database;
        try {
            database = open(config.ledger());
        } catch (LedgerRefusedException e) {
            return askGateway(asked, e);
        }
        try (LedgerDatabase opened = database) {
            return new ClientKeyService(
                            opened, new SecureRandom(), config.spending().zone())
                    .act(asked);
        }
    }

    private CamelbackConfig config() throws IOException {
        Path prices = home.home.resolve(PriceList.FILE);
        PriceList list = PriceListReader.read(Files.exists(prices) ? Files.readString(prices) : null, System::getenv);
        return CamelbackConfigReader.read(Files.readString(home.home.resolve(CONFIG)), CONFIG, list, System::getenv)
                .config();
    }

    /** A name that nobody can ask for is a slip of the pen. */
    private void checkModels(ObjectNode asked, CamelbackConfig config) throws IOException {
        Set<String> names = new TreeSet<>(config.deployments().keySet());
        names.addAll(ChainNames.in(home.home));
        for (JsonNode model : asked.at("/settings/models")) {
            if (!names.contains(model.asText())) {
                throw new InvalidRequestException(
                        "models",
                        "\"" + model.asText() + "\" is neither a chain nor a deployment. There are: "
                                + String.join(", ", names) + ".");
            }
        }
    }

    private LedgerDatabase open(LedgerSettings ledger) {
        return switch (ledger.kind()) {
            case OFF ->
                throw new InvalidRequestException(
                        GatewayError.of(
                                409,
                                "no_ledger",
                                "Client keys are stored in the ledger's database, but config/camelback.yaml says ledger: off. Remove that line."));
            case USUAL, FILE -> SqliteDatabase.open(home.home.resolve(ledger.file()), Clock.systemUTC());
            case SERVER -> PostgresDatabase.open(ledger.url(), ledger.user(), ledger.password(), 1, MAX_WAIT);
        };
    }

    private JsonNode askGateway(ObjectNode asked, LedgerRefusedException refused)
            throws IOException, InterruptedException {
        ManagementClient.Answer answer;
        try {
            answer = gateway.post("/api/keys", Json.bytes(asked));
        } catch (ManagementClient.NoGatewayException e) {
            refused.addSuppressed(e);
            throw new IOException(
                    refused.getMessage() + " Or, when a running gateway has it, name that gateway with --url: "
                            + e.getMessage(),
                    refused);
        }
        if (!answer.ok()) {
            throw new IOException(answer.message("The gateway at " + gateway.address() + " refuses."));
        }
        return answer.body();
    }
}
