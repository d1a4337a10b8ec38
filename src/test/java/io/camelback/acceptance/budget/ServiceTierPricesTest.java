package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.FixedBytesProvider.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer costs by the tier that served it, at every endpoint, streamed and not. 100 tokens in, 1,000 out. */
class ServiceTierPricesTest extends ServiceTierTestBase {
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

    @ParameterizedTest(name = "B42 {0}, {1}")
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

    @ParameterizedTest(name = "B42 {0}, {1}")
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

    @ParameterizedTest(name = "B42 {0}, {1}")
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

    @ParameterizedTest(name = "B42 {0}, {1}")
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

    private static Reply gemini(String told, boolean stream) {
        String answer =
                "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
                        + "\"finishReason\":\"STOP\"}],\"modelVersion\":\"raw\",\"usageMetadata\":{\"promptTokenCount\":100,"
                        + "\"candidatesTokenCount\":1000" + told + "}}";
        return stream ? sse("data: " + answer + "\n\n") : Reply.json(200, answer);
    }
}
