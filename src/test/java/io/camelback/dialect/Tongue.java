package io.camelback.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.anthropic.AnthropicDialect;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.dialect.gemini.GeminiDialect;
import io.camelback.dialect.gemini.GeminiDoor;
import io.camelback.dialect.openai.OpenAiDialect;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.dialect.responses.ResponsesDialect;
import io.camelback.dialect.responses.ResponsesDoor;
import java.util.Set;

/** A dialect as the matrix uses it: its door, its provider's side, and a current model of its maker that takes everything. */
enum Tongue {
    OPENAI(new OpenAiDoor(), new OpenAiDialect(), new Target("gpt-5.2", 128_000, Set.of(), "openai")),
    ANTHROPIC(new AnthropicDoor(), new AnthropicDialect(), new Target("claude-sonnet-4-6", 64_000, Set.of(), "anthropic")),
    GEMINI(new GeminiDoor(), new GeminiDialect(), new Target("gemini-3.5-pro", 65_536, Set.of(), "gemini")),
    RESPONSES(new ResponsesDoor(), new ResponsesDialect(), new Target("gpt-6-sol", 128_000, Set.of(), "openai"));

    final Door door;
    final Dialect dialect;
    final Target target;

    Tongue(Door door, Dialect dialect, Target target) {
        this.door = door;
        this.dialect = dialect;
        this.target = target;
    }

    /** The folder of its fixtures, and its name in the gateway. */
    String key() {
        return door.name();
    }

    ChatRequest read(ObjectNode body) {
        return door instanceof GeminiDoor gemini ? gemini.readRequest(body, "auto", false) : door.readRequest(body);
    }

    /** As the gateway writes it: tools have names that the provider takes, but for a request of its own dialect. */
    ObjectNode write(ChatRequest request, boolean stream) {
        boolean own = request.original() != null && request.original().dialect().equals(dialect.name());
        ToolNames names = own ? ToolNames.UNCHANGED : ToolNames.of(request, dialect.toolNames());
        return dialect.writeRequest(names.sent(request), target, stream);
    }

    @Override
    public String toString() {
        return key();
    }
}
