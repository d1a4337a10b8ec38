package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.GeminiConfigReader;
import io.camelback.protocol.gemini.GeminiFields;
import io.camelback.protocol.gemini.GeminiModelName;
import io.camelback.protocol.support.BodySanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code generateContent} request. Known fields are checked strictly; unknown ones stay in the original, which
 * goes on to Gemini.
 */
final class GeminiRequestReader {
    private final GeminiFields request;

    private GeminiRequestReader(ObjectNode body) {
        this.request = new GeminiFields(body, "");
    }

    /** @param model as the URL has it, with or without {@code models/} */
    static ChatRequest read(ObjectNode received, String model, boolean stream) {
        String name = model == null ? "" : GeminiModelName.bare(model.trim());
        if (name.isEmpty()) {
            throw new InvalidRequestException(
                    "model", "model is required in the path: auto, or the name of a chain or a deployment");
        }
        ObjectNode body = BodySanitizer.sound(received);
        return new GeminiRequestReader(body)
                .read(ChatRequest.builder(name).stream(stream))
                .original(new ChatRequest.Original(ProtocolNames.GEMINI, body))
                .build();
    }

    private ChatRequestBuilder read(ChatRequestBuilder builder) {
        readSystem(builder);
        new GeminiConfigReader(request.object("generationConfig")).read(builder);
        new GeminiContentsReader(request).read().forEach(builder::message);
        new GeminiToolReader(request).read(builder);
        return builder.streamUsage(true);
    }

    /** A content, or a bare string, as the clients take it. */
    private void readSystem(ChatRequestBuilder builder) {
        JsonNode system = request.get("systemInstruction");
        List<Part> texts = new ArrayList<>();
        if (system != null && system.isTextual()) {
            texts.add(new Part.Text(system.textValue()));
        } else if (system != null) {
            for (GeminiFields part : request.object("systemInstruction").list("parts")) {
                String text = part.string("text");
                if (text == null) {
                    throw part.invalid("text", "is required: a system instruction is text only");
                }
                texts.add(new Part.Text(text));
            }
        }
        texts.removeIf(text -> ((Part.Text) text).text().isEmpty());
        if (!texts.isEmpty()) {
            builder.message(new Message(Message.Role.SYSTEM, texts));
        }
    }
}
