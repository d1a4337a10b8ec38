package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.dialect.Demands;
import io.camelback.dialect.Json;
import io.camelback.dialect.ProviderTools;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import io.camelback.dialect.WebSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the body from the neutral request, field by field. */
final class GeminiRequestWriter {
    private final ChatRequest request;
    private final Target target;
    private final GeminiModel model;
    private final GeminiFormat format;
    private final GeminiTools tools;

    GeminiRequestWriter(ChatRequest request, Target target) {
        this.request = request;
        this.target = target;
        this.model = GeminiModel.of(target.model());
        this.format = GeminiFormat.of(request.format(), target, model, !request.tools().isEmpty());
        this.tools = new GeminiTools(request.tools(), request.toolChoice(), target);
    }

    ObjectNode write() {
        Demands.check(request, GeminiDialect.NAME);
        boolean searches = GeminiDialect.NAME.equals(target.provider()) && target.takes(Refusal.TOOLS);
        Optional<WebSearch> search = ProviderTools.search(request, GeminiDialect.NAME, searches);
        if (request.candidates() > 1) {
            throw new Untranslatable("n > 1");
        }
        if (!request.tools().isEmpty() && !target.takes(Refusal.TOOLS)) {
            throw new Untranslatable("tools");
        }
        int leading = leadingInstructions();
        String system = system(request.messages().subList(0, leading));
        List<Message> conversation = request.messages().subList(leading, request.messages().size());
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
        while (count < request.messages().size() && GeminiContents.instructs(request.messages().get(count))) {
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
                throw new Untranslatable("system messages with more than text");
            }
        }
        return message.text("\n\n");
    }
}
