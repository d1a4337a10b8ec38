package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Door;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.StreamWriter;
import io.camelback.dialect.Target;
import io.camelback.dialect.anthropic.AnthropicDialect;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.dialect.gemini.GeminiDialect;
import io.camelback.dialect.gemini.GeminiDoor;
import io.camelback.dialect.openai.OpenAiDialect;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.dialect.responses.ResponsesDialect;
import io.camelback.dialect.responses.ResponsesDoor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The doors and the dialects that are fuzzed. */
final class Fuzzed {
    /** How many changes are tried with every build. */
    static final int SOME = 1000;

    private Fuzzed() { }

    static List<Door> doors() {
        return List.of(new OpenAiDoor(), new AnthropicDoor(), new ResponsesDoor(), new Addressed(new GeminiDoor()));
    }

    static List<Dialect> dialects() {
        return List.of(new OpenAiDialect(), new AnthropicDialect(), new ResponsesDialect(), new GeminiDialect());
    }

    /** For each dialect its providers, once with each of these sets of refusals. */
    static Map<Dialect, List<Target>> targets(List<Set<Refusal>> refusals) {
        Map<Dialect, List<Target>> targets = new LinkedHashMap<>();
        for (Dialect dialect : dialects()) {
            List<String> providers = dialect.name().equals("openai") ? List.of("openai", "mistral", "deepseek", "local")
                    : List.of(dialect.name().equals("responses") ? "openai" : dialect.name());
            targets.put(dialect, providers.stream().flatMap(provider -> refusals.stream()
                    .map(refused -> new Target(provider + "-model-4", 8192, refused, provider))).toList());
        }
        return targets;
    }

    /** Gemini's door with the model and the wish to stream, which stand in the URL. */
    private record Addressed(GeminiDoor door) implements Door {
        @Override
        public String name() {
            return door.name();
        }

        @Override
        public ChatRequest readRequest(ObjectNode body) {
            return door.readRequest(body, "m", true);
        }

        @Override
        public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
            return door.writeAnswer(answer, request, requestId);
        }

        @Override
        public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
            return door.streamWriter(request, requestId, created);
        }

        @Override
        public ObjectNode writeError(GatewayError error, String requestId) {
            return door.writeError(error, requestId);
        }
    }
}
