package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.feature.ProviderTools;
import io.camelback.protocol.feature.RequiredFeatures;
import io.camelback.protocol.gemini.GeminiModelTraits;
import io.camelback.protocol.gemini.GeminiResponseFormat;
import io.camelback.protocol.gemini.GeminiTools;
import io.camelback.protocol.support.WebSearchTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the body from the neutral request, field by field. */
final class GeminiRequestWriter {
    private final ChatRequest request;
    private final ProviderModel target;
    private final GeminiModelTraits model;
    private final GeminiResponseFormat format;
    private final GeminiTools tools;

    GeminiRequestWriter(ChatRequest request, ProviderModel target) {
        this.request = request;
        this.target = target;
        this.model = GeminiModelTraits.of(target.model());
        this.format = GeminiResponseFormat.of(
                request.format(), target, model, !request.tools().isEmpty());
        this.tools = new GeminiTools(request.tools(), request.toolChoice(), target);
    }

    ObjectNode write() {
        RequiredFeatures.check(request, ProtocolNames.GEMINI);
        boolean searches =
                ProtocolNames.GEMINI.equals(target.provider()) && target.supports(UnsupportedParameter.TOOLS);
        Optional<WebSearchTool> search = ProviderTools.search(request, ProtocolNames.GEMINI, searches);
        if (request.candidates() > 1) {
            throw new UnsupportedFeatureException("n > 1");
        }
        if (!request.tools().isEmpty() && !target.supports(UnsupportedParameter.TOOLS)) {
            throw new UnsupportedFeatureException("tools");
        }
        int leading = leadingInstructions();
        String system = system(request.messages().subList(0, leading));
        List<Message> conversation =
                request.messages().subList(leading, request.messages().size());
        ObjectNode body = Json.object();
        if (!system.isEmpty() && !model.gemma()) {
            body.putObject("systemInstruction").putArray("parts").addObject().put("text", system);
        }
        ArrayNode contents = new GeminiContents(conversation, target, model).write(model.gemma() ? system : "");
        body.set("contents", contents);
        tools.writeTo(body);
        search.ifPresent(wanted -> GeminiTools.addSearch(body, wanted));
        ObjectNode config = new GeminiGenerationConfig(request, target, model, format).write();
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        return body;
    }

    private int leadingInstructions() {
        int count = 0;
        while (count < request.messages().size()
                && GeminiContents.instructs(request.messages().get(count))) {
            count++;
        }
        return count;
    }

    private String system(List<Message> leading) {
        List<String> texts = new ArrayList<>();
        for (Message message : leading) {
            texts.add(instruction(message));
        }
        texts.add(format.instruction());
        texts.add(tools.instruction());
        texts.removeIf(String::isEmpty);
        return String.join("\n\n", texts);
    }

    /** The text of a system or developer message. */
    static String instruction(Message message) {
        for (Part part : message.parts()) {
            if (!(part instanceof Part.Text || part instanceof Part.CacheMark)) {
                throw new UnsupportedFeatureException("system messages with more than text");
            }
        }
        return message.text("\n\n");
    }
}
