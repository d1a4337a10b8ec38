package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.Ledger;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer costs by the tier that served it, at every endpoint, streamed and not. 100 tokens in, 1,000 out. */
class ServiceTierPricesTest {
    private static final String PRICE = "price: { input: 2, output: 10, cached: 0.20, cache-write: 2.50, "
            + "tiers: { priority: { input: 4, output: 20 }, flex: { input: 1, output: 5 }, fast: { input: 12, output: 60 } }, "
            + "tool-calls: { web-search: 0.01 } }";
    private static final String BUDGET = ", budget: { day: 0.013 }";
    private static final Map<String, String> APIS =
            Map.of("openai", "openai", "responses", "openai", "anthropic", "anthropic", "gemini", "gemini");

    @TempDir
    static Path folder;

    private static FixedBytesProvider provider;
    private static RunningGateway gateway;

    private final Map<String, String> received = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        provider = new FixedBytesProvider();
        gateway = RunningGateway.start(
                folder, config -> configured(GatewayTestCase.patient(config, Duration.ofSeconds(20))));
    }

    private static String configured(String config) {
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

    static Stream<Arguments> served() {
        return Stream.of(
                        "openai priority default 10200",
                        "openai priority priority 20400",
                        "openai priority - 20400",
                        "openai flex flex 5100",
                        "openai - priority 20400",
                        "openai auto default 10200",
                        "responses priority default 10200",
                        "responses priority priority 20400",
                        "responses flex flex 5100",
                        "responses flex - 5100",
                        "anthropic fast fast 61200",
                        "anthropic fast standard 10200",
                        "anthropic - priority 20400",
                        "gemini priority priority 20400",
                        "gemini priority standard 10200")
                .map(line -> line.split(" "))
                .flatMap(line -> Stream.of(true, false)
                        .map(stream -> Arguments.of(line[0], line[1], line[2], Long.parseLong(line[3]), stream)));
    }

    @ParameterizedTest
    @MethodSource("served")
    void B42_an_answer_is_settled_at_the_tier_that_served_it(
            String api, String asked, String served, long micros, boolean stream) throws Exception {
        provider.answer(request -> reply(api, told(served), stream));

        HttpResponse<String> response = ask("priced-" + api, api, asked, stream);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(row(response, "micro_dollars")).isEqualTo(String.valueOf(micros));
        if (!stream) {
            assertThat(header(response, "x-camelback-cost-usd"))
                    .isEqualTo(String.format(Locale.ROOT, "%.6f", micros / 1e6));
        }
    }

    @ParameterizedTest
    @CsvSource({"openai,priority", "responses,priority", "anthropic,fast", "gemini,priority"})
    void B42_a_hard_budget_is_not_passed_by_who_asks_for_a_dearer_tier(String api, String tier) throws Exception {
        provider.answer(request -> Reply.json(500, "{}"));
        int before = provider.asked();

        HttpResponse<String> dear = ask("capped-" + api, api, tier, false);

        assertThat(dear.statusCode()).isEqualTo(429);
        assertThat(dear.body()).contains("budget");
        assertThat(provider.asked()).isEqualTo(before);
        provider.answer(request -> reply(api, "", false));
        assertThat(ask("capped-" + api, api, "-", false).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"openai,priority", "responses,flex", "anthropic,fast", "gemini,priority"})
    void B42_a_tier_without_a_price_is_passed_where_no_budget_counts(String api, String tier) throws Exception {
        provider.answer(request -> {
            received.put(api, request);
            return reply(api, told(tier), false);
        });

        HttpResponse<String> response = ask("flat-" + api, api, tier, false);

        assertThat(received.get(api)).contains('"' + tier + '"');
        assertThat(row(response, "service_tier")).isEqualTo(tier);
        assertThat(row(response, "micro_dollars")).isNull();
        assertThat(header(response, "x-camelback-cost-usd")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"openai,priority", "responses,priority", "anthropic,fast", "gemini,priority"})
    void B42_a_tier_without_a_price_is_left_out_where_a_budget_counts(String api, String tier) throws Exception {
        provider.answer(request -> {
            received.put(api, request);
            return reply(api, "", false);
        });

        HttpResponse<String> response = ask("tight-" + api, api, tier, false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(received.get(api)).doesNotContain(tier).doesNotContainIgnoringCase("service");
        assertThat(row(response, "micro_dollars")).isEqualTo("10200");
        if (!api.equals("gemini")) {
            assertThat(explained("tight-" + api, api, tier)).contains("service tier or speed, which has no price here");
            assertThat(explained("priced-" + api, api, tier)).doesNotContain("has no price here");
        }
    }

    @Test
    void B42_flex_that_is_not_available_costs_nothing_and_leaves_the_budget_alone() throws Exception {
        provider.answer(request -> Reply.json(
                429, "{\"error\":{\"message\":\"Resource Unavailable\",\"code\":\"resource_unavailable\"}}"));

        HttpResponse<String> response = ask("priced-responses", "responses", "flex", false);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(row(response, "micro_dollars")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void cache_writes_of_minutes_and_of_an_hour_have_their_own_prices(boolean stream) throws Exception {
        String usage = "\"input_tokens\":100,\"output_tokens\":1000,\"cache_creation_input_tokens\":3000,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":1000,\"ephemeral_1h_input_tokens\":2000}";
        provider.answer(request -> anthropic(usage, stream));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", stream);

        assertThat(row(response, "micro_dollars")).isEqualTo(String.valueOf(10_200 + 2_500 + 8_000));
        assertThat(row(response, "cache_write_1h_tokens")).isEqualTo("2000");
    }

    @Test
    void searches_that_the_provider_counts_are_paid_for() throws Exception {
        provider.answer(request -> anthropic(
                "\"input_tokens\":100,\"output_tokens\":1000,\"server_tool_use\":{\"web_search_requests\":3}", true));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", true);

        assertThat(row(response, "micro_dollars")).isEqualTo("40200");
        assertThat(row(response, "tool_calls")).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void each_run_of_a_model_is_booked_at_its_own_price(boolean stream) throws Exception {
        provider.answer(request -> anthropic(
                "\"input_tokens\":100,\"output_tokens\":1000,\"iterations\":["
                        + "{\"type\":\"message\",\"model\":\"raw\",\"input_tokens\":100,\"output_tokens\":10},"
                        + "{\"type\":\"fallback_message\",\"model\":\"claude-helper-20261001\","
                        + "\"input_tokens\":100,\"output_tokens\":1000}]",
                stream));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", stream);

        assertThat(row(response, "micro_dollars")).isEqualTo(String.valueOf(200 + 100 + 100 + 5_000));
        assertThat(row(response, "other_models")).isEqualTo("claude-helper-20261001");
        assertThat(row(response, "output_tokens")).isEqualTo("1010");
    }

    @Test
    void a_model_that_nobody_knows_the_price_of_makes_the_cost_unknown() throws Exception {
        provider.answer(request -> anthropic(
                "\"input_tokens\":100,\"output_tokens\":1000,\"iterations\":["
                        + "{\"type\":\"fallback_message\",\"model\":\"claude-unknown\","
                        + "\"input_tokens\":100,\"output_tokens\":1000}]",
                false));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", false);

        assertThat(row(response, "micro_dollars")).isNull();
    }

    @Test
    void fallbacks_of_the_provider_are_left_out_where_one_has_no_price_and_a_budget_counts() throws Exception {
        provider.answer(request -> {
            received.put("anthropic", request);
            return anthropic("\"input_tokens\":10,\"output_tokens\":10", false);
        });
        for (String fallbacks : new String[] {"\"default\"", "[{\"model\":\"claude-unknown\"}]"}) {
            String body = "{\"model\":\"roomy\",\"max_tokens\":1000,\"fallbacks\":" + fallbacks
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

            HttpResponse<String> response = gateway.client()
                    .send(
                            gateway.request("/v1/messages", body, "anthropic-beta", "server-side-fallback-2026-07-01"),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(received.get("anthropic")).doesNotContain("\"fallbacks\"");
        }
    }

    private String explained(String model, String api, String tier) throws Exception {
        return gateway.client()
                .send(
                        HttpRequest.newBuilder(gateway.management("/v1/explain?endpoint=" + api))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body(model, api, tier, false)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String told(String tier) {
        return tier.equals("-") ? "" : tier;
    }

    private static HttpResponse<String> ask(String model, String api, String tier, boolean stream) throws Exception {
        return gateway.post(path(model, api, stream), body(model, api, tier, stream));
    }

    private static String path(String model, String api, boolean stream) {
        return switch (api) {
            case "openai" -> "/v1/chat/completions";
            case "responses" -> "/v1/responses";
            case "anthropic" -> "/v1/messages";
            default -> "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
        };
    }

    private static String body(String model, String api, String tier, boolean stream) {
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

    private static Reply reply(String api, String tier, boolean stream) {
        String told = tier.isEmpty() ? "" : ",\"service_tier\":\"" + tier + "\"";
        return switch (api) {
            case "openai" -> openAi(told, stream);
            case "responses" -> responses(told, stream);
            case "anthropic" ->
                anthropic(
                        "\"input_tokens\":100,\"output_tokens\":1000"
                                + (tier.equals("fast") || tier.equals("standard")
                                        ? told.replace("service_tier", "speed") + ",\"service_tier\":\"standard\""
                                        : told),
                        stream);
            default -> gemini(told.replace("service_tier", "serviceTier"), stream);
        };
    }

    private static Reply openAi(String told, boolean stream) {
        String usage = "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":1000,\"total_tokens\":1100}";
        return stream
                ? sse(
                        "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]"
                                + told
                                + "}\n\ndata: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{},"
                                + "\"finish_reason\":\"stop\"}]}\n\ndata: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[],"
                                + usage + "}\n\ndata: [DONE]\n\n")
                : Reply.json(
                        200,
                        "{\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                                + "\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]," + usage + told + "}");
    }

    private static Reply responses(String told, boolean stream) {
        String done =
                "{\"id\":\"resp_1\",\"object\":\"response\",\"model\":\"raw\",\"status\":\"completed\",\"output\":["
                        + "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":["
                        + "{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[]}]}],"
                        + "\"usage\":{\"input_tokens\":100,\"output_tokens\":1000,\"total_tokens\":1100}" + told + "}";
        return stream
                ? sse("event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\","
                        + "\"model\":\"raw\",\"status\":\"in_progress\",\"output\":[]}}\n\n"
                        + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                        + "\"output_index\":0,\"content_index\":0,\"item_id\":\"msg_1\",\"delta\":\"Hello\"}\n\n"
                        + "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":" + done
                        + "}\n\n")
                : Reply.json(200, done);
    }

    private static Reply anthropic(String usage, boolean stream) {
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

    private static Reply gemini(String told, boolean stream) {
        String answer =
                "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
                        + "\"finishReason\":\"STOP\"}],\"modelVersion\":\"raw\",\"usageMetadata\":{\"promptTokenCount\":100,"
                        + "\"candidatesTokenCount\":1000" + told + "}}";
        return stream ? sse("data: " + answer + "\n\n") : Reply.json(200, answer);
    }

    private static Reply sse(String text) {
        return Reply.stream(text.getBytes(StandardCharsets.UTF_8), FixedBytesProvider.End.FIN);
    }

    /** A column of the request's last attempt, as text. */
    private static String row(HttpResponse<String> response, String column) {
        String id = header(response, "x-camelback-request-id");
        String where = " FROM camelback_attempt WHERE outcome <> 'skipped' AND request_id = '" + id + "'";
        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger(), "SELECT COUNT(*)" + where))
                .isPositive());
        return LedgerSamples.text(ledger(), "SELECT CAST(" + column + " AS TEXT)" + where + " ORDER BY id DESC");
    }

    private static Ledger ledger() {
        return gateway.standalone.gateway().accounts().ledger().orElseThrow();
    }
}
