package io.camelback.camel;

import io.camelback.dialect.Door;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.dialect.gemini.GeminiDoor;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.dialect.responses.ResponsesDoor;
import java.util.List;

/** All doors there are. A further one is a line here and a route in {@code routes/api.camel.yaml}. */
final class Doors {
    static final List<Entrance> ALL = List.of(Entrance.of(new OpenAiDoor()), Entrance.of(new AnthropicDoor()),
            Entrance.of(new ResponsesDoor()), new Entrance.Gemini());

    private static final Door OPENAI = new OpenAiDoor();
    private static final Door ANTHROPIC = new AnthropicDoor();
    private static final Door GEMINI = new GeminiDoor();

    private Doors() { }

    /** In whose words to answer what never came to a route. */
    static Door at(String path) {
        if (path != null && path.startsWith("/v1/messages")) {
            return ANTHROPIC;
        }
        return isGoogles(path) ? GEMINI : OPENAI;
    }

    /** Whether Google's clients come here; {@code /v1/models} is OpenAI's as well. */
    static boolean isGoogles(String path) {
        return path != null && (path.startsWith("/v1beta/") || path.startsWith("/v1/models/") && path.contains(":"));
    }
}
