package io.camelback.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Door;
import io.camelback.dialect.Target;
import io.camelback.dialect.anthropic.AnthropicDialect;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.dialect.gemini.GeminiDialect;
import io.camelback.dialect.gemini.GeminiDoor;
import io.camelback.dialect.openai.OpenAiDialect;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.dialect.responses.ResponsesDialect;
import io.camelback.dialect.responses.ResponsesDoor;
import java.util.Set;

/** A dialect as the caller's and as the provider's. */
public enum Side {
    OPENAI(new OpenAiDoor(), new OpenAiDialect(), "openai", "gpt-6-sol"),
    RESPONSES(new ResponsesDoor(), new ResponsesDialect(), "openai", "gpt-6-sol"),
    ANTHROPIC(new AnthropicDoor(), new AnthropicDialect(), "anthropic", "claude-sonnet-5-5"),
    GEMINI(new GeminiDoor(), new GeminiDialect(), "gemini", "gemini-4-argon");

    private final Door door;
    private final Dialect dialect;
    private final Target target;

    Side(Door door, Dialect dialect, String provider, String model) {
        this.door = door;
        this.dialect = dialect;
        this.target = new Target(model, 65_536, Set.of(), provider);
    }

    Door door() {
        return door;
    }

    Dialect dialect() {
        return dialect;
    }

    Target target() {
        return target;
    }

    ChatRequest read(ObjectNode body) {
        return door instanceof GeminiDoor gemini ? gemini.readRequest(body, "m", true) : door.readRequest(body);
    }
}
