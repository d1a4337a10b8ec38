package io.camelback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.PostgresServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One gateway with an SQLite file, or two that share a PostgreSQL, before simulated providers, with a proxy on every
 * connection.
 */
final class ChaosWorld implements AutoCloseable {
    static final String PROVIDER_KEY = "sim-canary-provider-key";
    private static final int KEEP = 50_000;
    final LedgerKind ledger;
    final ChaosHome home;
    final List<SimulatedProvider> providers = new ArrayList<>();
    final List<TcpProxy> links = new ArrayList<>();
    final List<GatewaySupervisor> gateways = new ArrayList<>();
    /** Null unless the ledger is an SQLite file whose disk can be filled. */
    final SmallDisk disk;
    /** Null unless the ledger is in PostgreSQL. */
    final TcpProxy databaseLink;

    private final Path folder;
    /** Null unless the ledger is in PostgreSQL. */
    private final PostgresServer postgres;

    private ChaosWorld(LedgerKind ledger, Path folder, boolean small, GatewayLauncher launcher) throws IOException {
        this.ledger = ledger;
        this.folder = folder;
        this.postgres = ledger == LedgerKind.POSTGRES ? PostgresServer.in(folder.resolve("postgres")) : null;
        this.disk = small && ledger == LedgerKind.SQLITE
                ? SmallDisk.mount(Files.createDirectories(folder.resolve("disk")))
                : null;
        this.databaseLink = ledger == LedgerKind.POSTGRES ? TcpProxy.to(postgres.port()) : null;
        this.home = new ChaosHome(
                folder.resolve("home"),
                ledger == LedgerKind.SQLITE
                        ? "{ file: \"" + file() + "\" }"
                        : "{ url: \"jdbc:postgresql://127.0.0.1:" + databaseLink.port()
                                + "/postgres\", user: postgres, password: postgres }");
        for (String deployment : ChaosHome.DEPLOYMENTS) {
            SimulatedProvider provider = SimulatedProvider.start(deployment).keep(KEEP);
            providers.add(provider);
            links.add(TcpProxy.to(provider.port()));
        }
        speed(1);
        for (int i = 0; i < ledger.gateways; i++) {
            gateways.add(GatewaySupervisor.start(
                    launcher, home.folder(), folder.resolve("gateway-" + (i + 1) + ".log"), environment()));
        }
    }

    static ChaosWorld start(LedgerKind ledger, Path folder, GatewayLauncher launcher) throws IOException {
        return new ChaosWorld(ledger, folder, true, launcher);
    }

    /** One gateway with an SQLite file that may grow. */
    static ChaosWorld roomy(Path folder, GatewayLauncher launcher) throws IOException {
        return new ChaosWorld(LedgerKind.SQLITE, folder, false, launcher);
    }

    private Path file() {
        return folder.resolve("disk/data/ledger.db").toAbsolutePath();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        String[] names = {"ANTHROPIC", "OPENAI", "GEMINI"};
        for (int i = 0; i < names.length; i++) {
            environment.put(names[i] + "_API_KEY", PROVIDER_KEY);
            environment.put(
                    names[i] + "_BASE_URL",
                    "http://127.0.0.1:" + links.get(i).port() + (names[i].equals("OPENAI") ? "/v1" : ""));
        }
        environment.put("CAMELBACK_LOG", "text");
        return environment;
    }

    /** How long providers take for each token from now on. */
    void speed(int tokenMillis) {
        providers.forEach(provider ->
                provider.answer(SimulatedCompletion.words(CallerLoad.TOKENS).delay(Duration.ofMillis(tokenMillis))));
    }

    void restartPostgres() throws IOException {
        postgres.restart();
    }

    /** A connection of the test's own to the ledger's database, past the proxy. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(ledger == LedgerKind.SQLITE ? "jdbc:sqlite:" + file() : postgres.url());
    }

    /** A client key. @param settings of {@code /api/keys} */
    JsonNode createKey(String name, String settings) throws IOException, InterruptedException {
        HttpResponse<String> created = gateways.get(0)
                .management(
                        "/api/keys", "{\"action\":\"create\",\"name\":\"" + name + "\",\"settings\":" + settings + "}");
        if (created.statusCode() != 200) {
            throw new IOException("No key could be made: " + created.body());
        }
        return Json.read(created.body());
    }

    @Override
    public void close() throws IOException {
        for (GatewaySupervisor gateway : gateways) {
            gateway.close();
        }
        for (TcpProxy link : links) {
            link.close();
        }
        providers.forEach(SimulatedProvider::close);
        if (databaseLink != null) {
            databaseLink.close();
            postgres.close();
        }
        if (disk != null) {
            disk.close();
        }
    }
}
