package io.camelback.protocol.gemini.client;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.GeminiFixtures;
import java.util.List;

/** Streams for callers of Gemini. */
final class GeminiStreamSamples {
    static final GeminiClientCodec CODEC = new GeminiClientCodec();

    private GeminiStreamSamples() {}

    static String written(StreamWriter writer, List<StreamChunk> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(writer.write(chunk)));
        return text.append(writer.end()).toString();
    }

    static ChatRequest asking(boolean thoughts) {
        return CODEC.readRequest(
                GeminiFixtures.parse("{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{"
                        + "\"thinkingConfig\":{\"includeThoughts\":" + thoughts + "}}}"),
                "auto",
                true);
    }
}
