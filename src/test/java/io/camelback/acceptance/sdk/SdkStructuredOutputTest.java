package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StructuredMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.StructuredResponse;
import io.camelback.acceptance.sdk.SdkConversation.Said;
import io.camelback.acceptance.sdk.SdkConversation.Wish;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.GatewayTestCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON by a schema with the official clients: every provider is given the schema in its own words. */
class SdkStructuredOutputTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String REPORT = "{\"city\":\"Zürich\",\"degrees\":22}";

    /** What the clients make schemas of, and objects of that class from answers. */
    public static final class Report {
        public String city;
        public int degrees;
    }

    static Stream<Arguments> cases() {
        return Stream.of(SdkClients.values())
                .flatMap(sdk -> Stream.of(false, true)
                        .flatMap(stream -> Stream.of(BalancedChainLinks.values())
                                .map(answering -> Arguments.of(sdk, stream, answering))));
    }

    @ParameterizedTest(name = "{0}, streaming {1}: {2}")
    @MethodSource("cases")
    void the_answer_is_the_object_asked_for(SdkClients sdk, boolean stream, BalancedChainLinks answering)
            throws Exception {
        answering.answers(DRILL, SimulatedFault.status(500), SimulatedCompletion.text(REPORT));
        try (SdkConversation talk = sdk.talk(DRILL.gateway(), Wish.JSON)) {
            Said said = talk.say("How warm is it in Zürich?", stream);

            assertThat(Json.read(said.text())).isEqualTo(Json.read(REPORT));
            assertThat(said.model()).isEqualTo(answering.model);
            assertSchema(answering);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BalancedChainLinks.class)
    void anthropics_client_makes_an_object_of_it(BalancedChainLinks answering) {
        answering.answers(DRILL, SimulatedFault.status(500), SimulatedCompletion.text(REPORT));
        AnthropicClient client = AnthropicConversation.client(DRILL.gateway().uri(""));
        try {
            StructuredMessage<Report> message = client.messages()
                    .create(MessageCreateParams.builder()
                            .model(BalancedChainLinks.CHAIN)
                            .maxTokens(1000)
                            .addUserMessage("How warm is it?")
                            .outputConfig(Report.class)
                            .build());

            Report report = message.content().get(0).text().orElseThrow().text();
            assertThat(report.city).isEqualTo("Zürich");
            assertThat(report.degrees).isEqualTo(22);
        } finally {
            client.close();
        }
        assertSchema(answering);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BalancedChainLinks.class)
    void openais_client_makes_an_object_of_it(BalancedChainLinks answering) {
        answering.answers(DRILL, SimulatedFault.status(500), SimulatedCompletion.text(REPORT));
        OpenAIClient client = ResponsesConversation.client(DRILL.gateway().uri(""));
        try {
            StructuredResponse<Report> response = client.responses()
                    .create(ResponseCreateParams.builder()
                            .model(BalancedChainLinks.CHAIN)
                            .input("How warm is it?")
                            .text(Report.class)
                            .build());

            Report report =
                    response.output().get(0).asMessage().content().get(0).asOutputText();
            assertThat(report.city).isEqualTo("Zürich");
            assertThat(report.degrees).isEqualTo(22);
        } finally {
            client.close();
        }
        assertSchema(answering);
    }

    private static void assertSchema(BalancedChainLinks answering) {
        JsonNode body = answering.asked(DRILL).json();
        String path = switch (answering) {
            case CLAUDE -> "/output_config/format/schema";
            case GPT -> "/response_format/json_schema/schema";
            case GEMINI -> "/generationConfig/responseJsonSchema";
        };
        assertThat(body.at(path + "/properties/degrees/type").asText())
                .as(Json.text(body))
                .isEqualTo("integer");
        assertThat(body.at(path + "/properties/city/type").asText()).isEqualTo("string");
        assertThat(body.at(path + "/required")).hasSize(2);
    }
}
