package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.direct.ChatFailedException;
import io.camelback.chat.ChatRequest;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProviders;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Embeddings for the routes of a Camel runtime of someone else's: {@code direct:embed}, and chains by their own name.
 */
class EmbeddingRoutesTest {
    private static final Map<String, Object> REQUEST = Map.of("model", "embeddings", "input", List.of("one", "two"));
    private final SimulatedProviders lab = SimulatedProviders.start();
    private final CamelContext host = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        Properties properties = new Properties();
        properties.putAll(lab.environment());
        host.getPropertiesComponent().setInitialProperties(properties);
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mixed").to("kamelet:openai-embeddings-action/embed-small");
            }
        });
        host.start();
        template = host.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        host.stop();
        lab.close();
    }

    @Test
    void a_request_is_answered_with_vectors() {
        assertThat(template.requestBody("direct:embed", EmbeddingRequest.of("embeddings", "one", "two", "three")))
                .isInstanceOfSatisfying(EmbeddingAnswer.class, answer -> {
                    assertThat(answer.vectors())
                            .hasSize(3)
                            .allSatisfy(vector -> assertThat(vector).hasSize(8));
                    assertThat(answer.model()).isEqualTo("text-embedding-3-small");
                });
        assertThat(lab.openAi().received().get(0).header("Authorization")).isEqualTo("Bearer sim-openai");
    }

    @Test
    void json_is_answered_in_kind() throws Exception {
        String json = Json.text(Json.of(REQUEST));
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        Map<?, ?> map = template.requestBody("direct:embed", REQUEST, Map.class);
        Object text = template.requestBody("direct:embed", json);
        Object raw = template.requestBody("direct:embed", bytes);
        Object streamed = template.requestBody("direct:embed", new ByteArrayInputStream(bytes));
        Object node = template.requestBody("direct:embed", Json.read(json));

        assertThat(text).isInstanceOf(String.class);
        assertThat(node).isInstanceOf(ObjectNode.class);
        assertThat(List.of(
                        Json.of(map),
                        Json.read((String) text),
                        Json.read((byte[]) raw),
                        Json.read((byte[]) streamed),
                        (JsonNode) node))
                .allSatisfy(answer ->
                        assertThat(answer.at("/data/1/embedding").size()).isEqualTo(8));
    }

    @Test
    void a_chain_can_be_called_by_its_own_name() throws Exception {
        lab.openAi().script().always(SimulatedFault.status(529));

        String answer = template.requestBody("direct:embeddings", REQUEST, String.class);
        Object pinned = template.requestBody("direct:embed-gemini", EmbeddingRequest.of("any", "one"));

        assertThat(Json.read(answer).path("model").asText()).isEqualTo("openai/text-embedding-3-small");
        assertThat(Json.read(answer).path("data").size()).isEqualTo(2);
        assertThat(pinned)
                .isInstanceOfSatisfying(
                        EmbeddingAnswer.class,
                        gemini -> assertThat(gemini.model()).isEqualTo("gemini-embedding-001"));
    }

    @Test
    void a_failure_says_what_a_caller_over_http_would_be_told() {
        lab.openAi().script().always(SimulatedFault.status(529));
        lab.compatible().script().always(SimulatedFault.status(529));

        assertThat(failed(EmbeddingRequest.of("embeddings", "hi")).error().status())
                .isEqualTo(503);
        assertThat(failed(EmbeddingRequest.of("nobody", "hi")).error().status()).isEqualTo(404);
        assertThat(failed(EmbeddingRequest.of("premium", "hi")).error().message())
                .contains("chats and makes no embeddings");
        assertThat(failed(Map.of("model", "embeddings")).error().param()).isEqualTo("input");
        assertThat(failed(ChatRequest.of("premium", "hi")).error().message())
                .startsWith("direct:embed takes an EmbeddingRequest");
        assertThat(failed("{").error().code()).isEqualTo("invalid_json");
    }

    private ChatFailedException failed(Object request) {
        Throwable thrown = catchThrowable(() -> template.requestBody("direct:embed", request));
        assertThat(thrown).isInstanceOf(CamelExecutionException.class).hasCauseInstanceOf(ChatFailedException.class);
        return (ChatFailedException) thrown.getCause();
    }

    @Test
    void a_hosts_route_can_ask_a_kamelet() {
        assertThat(template.requestBody("direct:mixed", REQUEST)).isInstanceOf(EmbeddingAnswer.class);
    }
}
