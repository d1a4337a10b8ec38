package io.camelback.acceptance.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import io.camelback.json.Json;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.JsonSchemas;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Held with com.anthropic:anthropic-java; its accumulator puts streams together. */
final class AnthropicConversation implements SdkConversation {
    private final AnthropicClient client;
    private final MessageCreateParams.Builder request;

    AnthropicConversation(URI base, List<Wish> wishes) {
        client = client(base);
        request = MessageCreateParams.builder()
                .model(BalancedChainLinks.CHAIN)
                .maxTokens(4000)
                .system("Be brief.");
        if (wishes.contains(Wish.TOOL)) {
            request.addTool(weather());
        }
        if (wishes.contains(Wish.THINKING)) {
            request.thinking(ThinkingConfigAdaptive.builder()
                    .display(ThinkingConfigAdaptive.Display.SUMMARIZED)
                    .build());
        }
        if (wishes.contains(Wish.JSON)) {
            JsonOutputFormat.Schema.Builder schema = JsonOutputFormat.Schema.builder();
            JsonSchemas.REPORT.forEach((key, value) -> schema.putAdditionalProperty(key, JsonValue.from(value)));
            request.outputConfig(OutputConfig.builder()
                    .format(JsonOutputFormat.builder().schema(schema.build()).build())
                    .build());
        }
    }

    static AnthropicClient client(URI base) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(base.toString())
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    static Tool weather() {
        Tool.InputSchema.Properties.Builder properties = Tool.InputSchema.Properties.builder();
        ((Map<?, ?>) JsonSchemas.PLACE.get("properties"))
                .forEach((name, type) -> properties.putAdditionalProperty(name.toString(), JsonValue.from(type)));
        return Tool.builder()
                .name(SdkClients.TOOL)
                .description("The weather in a city.")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(properties.build())
                        .addRequired("city")
                        .build())
                .build();
    }

    static Message complete(AnthropicClient client, MessageCreateParams request, boolean stream) {
        if (!stream) {
            return client.messages().create(request);
        }
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(request)) {
            events.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    @Override
    public Said say(String text, boolean stream) {
        request.addUserMessage(text);
        return ask(stream);
    }

    @Override
    public Said results(List<Call> calls, List<String> results, boolean stream) {
        request.addUserMessageOfContentBlockParams(IntStream.range(0, calls.size())
                .mapToObj(i -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                        .toolUseId(calls.get(i).id())
                        .content(results.get(i))
                        .build()))
                .toList());
        return ask(stream);
    }

    private Said ask(boolean stream) {
        Message answer = complete(client, request.build(), stream);
        answer.validate();
        request.addMessage(answer);
        String thinking = answer.content().stream()
                .flatMap(block -> block.thinking().stream())
                .map(block -> block.thinking())
                .collect(Collectors.joining());
        List<Call> calls = answer.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .map(AnthropicConversation::call)
                .toList();
        return new Said(
                answer.model().asString(),
                text(answer),
                thinking,
                calls,
                answer.stopReason().orElseThrow().asString());
    }

    static String text(Message answer) {
        return answer.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static Call call(ToolUseBlock block) {
        return new Call(
                block.id(), block.name(), Json.text(Json.of(block._input().convert(Object.class))));
    }

    @Override
    public void close() {
        client.close();
    }
}
