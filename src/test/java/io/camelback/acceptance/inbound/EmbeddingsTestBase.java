package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway with the shipped deployments and the shipped chain, which is asked for embeddings. */
abstract class EmbeddingsTestBase {
    /** The first link has little time, so that a silent one is seen soon. */
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> config.replace(
            "    model: text-embedding-3-small\n", "    model: text-embedding-3-small\n    timeouts: { total: 1s }\n"));

    static HttpResponse<String> embed(Map<String, ?> request, String... headers) throws Exception {
        return DRILL.gateway().post("/v1/embeddings", Json.text(Json.of(request)), headers);
    }

    static HttpResponse<String> embed(String model, Object input) throws Exception {
        return embed(Map.of("model", model, "input", input));
    }

    /** All vectors of an answer, in either encoding. */
    static List<List<Float>> vectors(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<List<Float>> vectors = new ArrayList<>();
        for (JsonNode item : Json.read(response.body()).path("data")) {
            assertThat(item.path("index").asInt()).isEqualTo(vectors.size());
            List<Float> vector = new ArrayList<>();
            if (item.path("embedding").isTextual()) {
                ByteBuffer bytes = ByteBuffer.wrap(
                        Base64.getDecoder().decode(item.path("embedding").textValue()));
                bytes.order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining()) {
                    vector.add(bytes.getFloat());
                }
            } else {
                item.path("embedding").forEach(number -> vector.add(number.floatValue()));
            }
            vectors.add(vector);
        }
        return vectors;
    }

    static RecordedRequest last(String deployment) {
        List<RecordedRequest> all = DRILL.provider(deployment).received();
        return all.get(all.size() - 1);
    }

    static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }
}
