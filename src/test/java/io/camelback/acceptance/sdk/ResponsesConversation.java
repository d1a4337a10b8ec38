package io.camelback.acceptance.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.JsonSchemas;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Held with com.openai:openai-java, Responses without a memory at the provider; its accumulator puts streams together.
 */
final class ResponsesConversation implements SdkConversation {
    private final OpenAIClient client;
    private final ResponseCreateParams.Builder request = ResponseCreateParams.builder()
            .model(BalancedChainLinks.CHAIN)
            .instructions("Be brief.")
            .store(false)
            .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT);
    private final List<ResponseInputItem> items = new ArrayList<>();

    ResponsesConversation(URI base, List<Wish> wishes) {
        client = client(base);
        if (wishes.contains(Wish.TOOL)) {
            request.addTool(weather());
        }
        if (wishes.contains(Wish.THINKING)) {
            request.reasoning(Reasoning.builder()
                    .effort(ReasoningEffort.HIGH)
                    .summary(Reasoning.Summary.AUTO)
                    .build());
        }
        if (wishes.contains(Wish.JSON)) {
            ResponseFormatTextJsonSchemaConfig.Schema.Builder schema =
                    ResponseFormatTextJsonSchemaConfig.Schema.builder();
            JsonSchemas.REPORT.forEach((key, value) -> schema.putAdditionalProperty(key, JsonValue.from(value)));
            request.text(ResponseTextConfig.builder()
                    .format(ResponseFormatTextJsonSchemaConfig.builder()
                            .name("report")
                            .strict(true)
                            .schema(schema.build())
                            .build())
                    .build());
        }
    }

    static OpenAIClient client(URI base) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(base + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    private static FunctionTool weather() {
        FunctionTool.Parameters.Builder parameters = FunctionTool.Parameters.builder();
        JsonSchemas.PLACE.forEach((key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
        return FunctionTool.builder()
                .name(SdkClients.TOOL)
                .description("The weather in a city.")
                .strict(true)
                .parameters(parameters.build())
                .build();
    }

    static Response complete(OpenAIClient client, ResponseCreateParams request, boolean stream) {
        if (!stream) {
            return client.responses().create(request);
        }
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(request)) {
            events.stream().forEach(accumulator::accumulate);
        }
        return accumulator.response();
    }

    @Override
    public Said say(String text, boolean stream) {
        items.add(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content(text)
                .build()));
        return ask(stream);
    }

    @Override
    public Said results(List<Call> calls, List<String> results, boolean stream) {
        for (int i = 0; i < calls.size(); i++) {
            items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                    .callId(calls.get(i).id())
                    .output(results.get(i))
                    .build()));
        }
        return ask(stream);
    }

    private Said ask(boolean stream) {
        Response answer =
                complete(client, request.inputOfResponse(List.copyOf(items)).build(), stream);
        answer.validate();
        answer.output().forEach(item -> items.add(again(item)));
        String thinking = answer.output().stream()
                .flatMap(item -> item.reasoning().stream())
                .flatMap(item -> item.summary().stream())
                .map(part -> part.text())
                .collect(Collectors.joining());
        List<Call> calls = answer.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .map(ResponsesConversation::call)
                .toList();
        return new Said(
                model(answer),
                text(answer),
                thinking,
                calls,
                answer.status().orElseThrow().asString());
    }

    /** An item of an answer as one of the next question. */
    private static ResponseInputItem again(ResponseOutputItem item) {
        return item.isMessage()
                ? ResponseInputItem.ofResponseOutputMessage(item.asMessage())
                : item.isReasoning()
                        ? ResponseInputItem.ofReasoning(item.asReasoning())
                        : ResponseInputItem.ofFunctionCall(item.asFunctionCall());
    }

    static String model(Response answer) {
        return answer.model().string().orElseGet(() -> answer.model().asChat().asString());
    }

    static String text(Response answer) {
        return answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(part -> part.asOutputText().text())
                .collect(Collectors.joining());
    }

    private static Call call(ResponseFunctionToolCall call) {
        return new Call(call.callId(), call.name(), call.arguments());
    }

    @Override
    public void close() {
        client.close();
    }
}
