package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.Ledger;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose only provider answers as a test says, with prices for each service tier. */
abstract class ServiceTierTestBase {
    static final String PRICE = "price: { input: 2, output: 10, cached: 0.20, cache-write: 2.50, "
            + "tiers: { priority: { input: 4, output: 20 }, flex: { input: 1, output: 5 }, fast: { input: 12, output: 60 } }, "
            + "tool-calls: { web-search: 0.01 } }";
    static final String BUDGET = ", budget: { day: 0.013 }";
    static final Map<String, String> APIS =
            Map.of("openai", "openai", "responses", "openai", "anthropic", "anthropic", "gemini", "gemini");

    @TempDir
    static Path folder;

    static FixedBytesProvider provider;
    static RunningGateway gateway;

    final Map<String, String> received = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        provider = new FixedBytesProvider();
        gateway = RunningGateway.start(
                folder, config -> configured(GatewayTestCase.patient(config, Duration.ofSeconds(20))));
    }

    static String configured(String config) {
        StringBuilder providers = new StringBuilder("providers:\n");
        StringBuilder deployments = new StringBuilder("deployments:\n");
        APIS.forEach((api, dialect) -> {
            providers.append("  raw-" + api + ": { dialect: " + dialect + ", base-url: \"" + provider.url()
                    + (dialect.equals("openai") ? "/v1" : "") + "\", api-key: raw-key }\n");
            String kind = api.equals("responses") ? ", api: responses" : "";
            String one = "{ provider: raw-" + api + ", model: raw, " + PRICE + kind;
            deployments
                    .append("  priced-" + api + ": " + one + " }\n")
                    .append("  capped-" + api + ": " + one + BUDGET + " }\n")
                    .append("  flat-" + api + ": { provider: raw-" + api
                            + ", model: flat, price: { input: 2, output: 10 }" + kind + " }\n")
                    .append("  tight-" + api + ": { provider: raw-" + api
                            + ", model: flat, price: { input: 2, output: 10 }" + kind + BUDGET + " }\n");
        });
        deployments.append(
                "  roomy: { provider: raw-anthropic, model: flat, price: { input: 2, output: 10 }, budget: { day: 1 } }\n");
        deployments.append(
                "  helper: { provider: raw-anthropic, model: claude-helper, price: { input: 1, output: 5 } }\n");
        return config.replace("\nproviders: {}\n", "\n" + providers).replace("\ndeployments:\n", "\n" + deployments);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    static HttpResponse<String> ask(String model, String api, String tier, boolean stream) throws Exception {
        return gateway.post(path(model, api, stream), body(model, api, tier, stream));
    }

    static String path(String model, String api, boolean stream) {
        return switch (api) {
            case "openai" -> "/v1/chat/completions";
            case "responses" -> "/v1/responses";
            case "anthropic" -> "/v1/messages";
            default -> "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
        };
    }

    static String body(String model, String api, String tier, boolean stream) {
        String field = api.equals("gemini") ? "serviceTier" : tier.equals("fast") ? "speed" : "service_tier";
        String wish = tier.equals("-") ? "" : "\"" + field + "\":\"" + tier + "\",";
        String head = "{\"model\":\"" + model + "\",\"stream\":" + stream + "," + wish;
        return switch (api) {
            case "openai" -> head + "\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            case "responses" -> head + "\"max_output_tokens\":1000,\"input\":\"hi\"}";
            case "anthropic" -> head + "\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            default ->
                "{" + wish
                        + "\"generationConfig\":{\"maxOutputTokens\":1000},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        };
    }

    static Reply anthropic(String usage, boolean stream) {
        String head = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"raw\",";
        return stream
                ? sse("event: message_start\ndata: {\"type\":\"message_start\",\"message\":" + head
                        + "\"content\":[],\"stop_reason\":null,\"usage\":{" + usage.replaceFirst("1000", "1")
                        + "}}}\n\n"
                        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                        + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n"
                        + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                        + "\"usage\":{\"output_tokens\":1000}}\n\n"
                        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                : Reply.json(
                        200,
                        head + "\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\","
                                + "\"usage\":{" + usage + "}}");
    }

    static Reply sse(String text) {
        return Reply.stream(text.getBytes(StandardCharsets.UTF_8), FixedBytesProvider.End.FIN);
    }

    /** A column of the request's last attempt, as text. */
    static String row(HttpResponse<String> response, String column) {
        String id = header(response, "x-camelback-request-id");
        String where = " FROM camelback_attempt WHERE outcome <> 'skipped' AND request_id = '" + id + "'";
        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger(), "SELECT COUNT(*)" + where))
                .isPositive());
        return LedgerSamples.text(ledger(), "SELECT CAST(" + column + " AS TEXT)" + where + " ORDER BY id DESC");
    }

    static Ledger ledger() {
        return gateway.standalone.gateway().accounts().ledger().orElseThrow();
    }
}
