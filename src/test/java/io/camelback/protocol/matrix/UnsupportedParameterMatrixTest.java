package io.camelback.protocol.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.testkit.ProtocolCorpus;
import io.camelback.testkit.TestProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every request of the corpus for the shipped deployments that refuse most: what their {@code refuses} change in the
 * body that they get. {@code fixtures/refusals/<deployment>/<endpoint>.txt} holds one line for each change.
 */
class UnsupportedParameterMatrixTest {
    private static final List<String> DEPLOYMENTS = List.of(
            "claude-opus",
            "claude-haiku",
            "gpt",
            "gpt-responses",
            "deepseek",
            "mistral-small",
            "groq-llama",
            "minimax",
            "local-llama");
    private static final int SHOWN = 100;
    private static final CamelbackConfig CONFIG = shipped();

    private static CamelbackConfig shipped() {
        try {
            return CamelbackConfigReader.read(
                            Files.readString(Path.of("config/camelback.yaml")), "config", name -> null)
                    .config();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> pairs() {
        return DEPLOYMENTS.stream()
                .flatMap(name -> Stream.of(TestProtocol.values()).map(endpoint -> Arguments.of(name, endpoint)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("pairs")
    void what_a_deployment_refuses_is_left_out_said_otherwise_or_not_sent(String name, TestProtocol endpoint)
            throws IOException {
        Deployment deployment = CONFIG.deployment(name).orElseThrow();
        ProviderModel refusing = new ProviderModel(
                deployment.model(),
                deployment.maxOutput(),
                deployment.unsupported(),
                deployment.provider().name());
        ProviderModel taking = new ProviderModel(
                deployment.model(),
                deployment.maxOutput(),
                Set.of(),
                deployment.provider().name());
        StringBuilder lines = new StringBuilder();
        ProtocolCorpus.requests().stream()
                .filter(request -> request.endpoint() == endpoint)
                .forEach(request -> {
                    String before = Json.text(request.body());
                    ChatRequest read = endpoint.read(request.body());
                    List<String> changes = changes(write(deployment, read, taking), write(deployment, read, refusing));
                    changes.forEach(change -> lines.append(request.name())
                            .append(": ")
                            .append(change)
                            .append("\n"));
                    assertThat(Json.text(request.body())).isEqualTo(before);
                });

        GoldenFile.check("refusals/" + name + "/" + endpoint + ".txt", lines.toString());
    }

    /** The body, or in its place why there is none. */
    private record Written(Optional<ObjectNode> body, String refused) {}

    private static Written write(Deployment deployment, ChatRequest request, ProviderModel target) {
        ProviderCodec codec = Stream.of(TestProtocol.values())
                .filter(tongue -> tongue.key().equals(deployment.protocolName()))
                .findFirst()
                .orElseThrow()
                .dialect;
        boolean own = request.original().dialect().equals(codec.name());
        ToolNames names = own ? ToolNames.UNCHANGED : ToolNames.of(request, codec.toolNames());
        try {
            return new Written(Optional.of(codec.writeRequest(names.sent(request), target, false)), null);
        } catch (UnsupportedFeatureException refused) {
            return new Written(Optional.empty(), refused.getMessage());
        }
    }

    private static List<String> changes(Written taken, Written refused) {
        List<String> changes = new ArrayList<>();
        if (taken.body().isEmpty() || refused.body().isEmpty()) {
            if (refused.body().isEmpty() && taken.body().isPresent()) {
                changes.add("not sent: " + refused.refused());
            }
            return changes;
        }
        compare("", taken.body().get(), refused.body().get(), changes);
        return changes;
    }

    private static void compare(String path, JsonNode from, JsonNode to, List<String> changes) {
        if (from.isObject() && to.isObject()) {
            Set<String> fields = new TreeSet<>();
            from.fieldNames().forEachRemaining(fields::add);
            to.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field ->
                    compare(path.isEmpty() ? field : path + "." + field, from.path(field), to.path(field), changes));
        } else if (from.isArray() && to.isArray() && from.size() == to.size()) {
            for (int i = 0; i < from.size(); i++) {
                compare(path + "[" + i + "]", from.get(i), to.get(i), changes);
            }
        } else if (!from.equals(to)) {
            changes.add(
                    from.isMissingNode()
                            ? path + " added: " + shown(to)
                            : to.isMissingNode()
                                    ? path + " left out, was " + shown(from)
                                    : path + ": " + shown(from) + " becomes " + shown(to));
        }
    }

    private static String shown(JsonNode node) {
        String text = Json.text(node);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
