package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.chat.ChunkBuilder;
import io.camelback.protocol.openai.chat.OpenAiAnswerWriter;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.SurrogateSanitizer;

/**
 * Writes a stream for a caller of Chat Completions. A chunk of the same dialect is relayed, byte for byte where the
 * official clients can read it; other chunks are made of their events. Usage goes out as its own chunk only when it was
 * asked for.
 */
final class OpenAiStreamWriter implements StreamWriter {
    private final boolean usageWanted;
    private final String requestId;
    private final ChunkBuilder maker;
    private final ChunkNormalizer mender;
    private Usage usage;
    private boolean usageSent;

    OpenAiStreamWriter(ChatRequest request, String requestId, long created) {
        this.usageWanted = request.streamUsage();
        this.requestId = requestId;
        CustomTools customs = CustomTools.of(request, ProtocolNames.OPENAI);
        this.maker = new ChunkBuilder(OpenAiAnswerWriter.id(requestId), created, request.model(), customs);
        this.mender = new ChunkNormalizer(maker);
    }

    @Override
    public String write(StreamChunk chunk) {
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.UsageReported reported) {
                usage = reported.usage();
            }
        }
        ObjectNode received = received(chunk);
        return received == null ? made(chunk) : relayed(received, chunk.data());
    }

    /** The chunk as JSON when it is of this dialect; null when it must be made of its events. */
    private static ObjectNode received(StreamChunk chunk) {
        if (!ProtocolNames.OPENAI.equals(chunk.dialect()) || chunk.data() == null) {
            return null;
        }
        try {
            return Json.read(chunk.data()) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }

    private String made(StreamChunk chunk) {
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : chunk.events()) {
            maker.of(event).forEach(one -> text.append(data(one)));
        }
        return text.toString();
    }

    private String relayed(ObjectNode chunk, String data) {
        maker.adopt(chunk);
        JsonNode choices = chunk.path("choices");
        boolean counts = chunk.path("usage").isObject();
        if (choices.isEmpty() && counts) {
            return usageChunk(chunk, data);
        }
        if (!choices.isArray()) {
            return "";
        }
        ObjectNode mended = mender.mend(chunk);
        return mended == chunk ? raw(chunk, data) : data(mended);
    }

    private String usageChunk(ObjectNode chunk, String data) {
        if (!usageWanted) {
            return "";
        }
        usageSent = true;
        return chunk.path("choices").isArray()
                ? raw(chunk, data)
                : data(JsonNodes.with(chunk, "choices", JsonNodes.array()));
    }

    private static String raw(ObjectNode chunk, String data) {
        return data.indexOf('\n') < 0 ? "data: " + data + "\n\n" : data(chunk);
    }

    private static String data(ObjectNode chunk) {
        return "data: " + SurrogateSanitizer.escape(Json.text(chunk)) + "\n\n";
    }

    @Override
    public String end() {
        StringBuilder text = new StringBuilder();
        maker.finishes().forEach(chunk -> text.append(data(chunk)));
        if (usageWanted && !usageSent && usage != null) {
            text.append(data(maker.usage(usage)));
        }
        return text.append("data: [DONE]\n\n").toString();
    }

    @Override
    public String error(GatewayError error) {
        return data(OpenAiErrors.write(error, requestId));
    }
}
