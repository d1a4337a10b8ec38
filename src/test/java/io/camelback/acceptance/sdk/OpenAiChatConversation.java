package io.camelback.acceptance.sdk;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.JsonSchemas;
import java.net.URI;
import java.util.List;

/**
 * Held with com.openai:openai-java, Chat Completions; its accumulator puts streams together. It knows no reasoning
 * text.
 */
final class OpenAiChatConversation implements SdkConversation {
    private final OpenAIClient client;
    private final ChatCompletionCreateParams.Builder request =
            ChatCompletionCreateParams.builder().model(BalancedChainLinks.CHAIN).addSystemMessage("Be brief.");

    OpenAiChatConversation(URI base, List<Wish> wishes) {
        client = ResponsesConversation.client(base);
        if (wishes.contains(Wish.TOOL)) {
            FunctionParameters.Builder parameters = FunctionParameters.builder();
            JsonSchemas.PLACE.forEach((key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
            request.addTool(ChatCompletionFunctionTool.builder()
                    .function(FunctionDefinition.builder()
                            .name(SdkClients.TOOL)
                            .description("The weather in a city.")
                            .parameters(parameters.build())
                            .build())
                    .build());
        }
        if (wishes.contains(Wish.THINKING)) {
            request.reasoningEffort(ReasoningEffort.HIGH);
        }
        if (wishes.contains(Wish.JSON)) {
            ResponseFormatJsonSchema.JsonSchema.Schema.Builder schema =
                    ResponseFormatJsonSchema.JsonSchema.Schema.builder();
            JsonSchemas.REPORT.forEach((key, value) -> schema.putAdditionalProperty(key, JsonValue.from(value)));
            request.responseFormat(ResponseFormatJsonSchema.builder()
                    .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                            .name("report")
                            .strict(true)
                            .schema(schema.build())
                            .build())
                    .build());
        }
    }

    @Override
    public Said say(String text, boolean stream) {
        request.addUserMessage(text);
        return ask(stream);
    }

    @Override
    public Said results(List<Call> calls, List<String> results, boolean stream) {
        for (int i = 0; i < calls.size(); i++) {
            request.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(calls.get(i).id())
                    .content(results.get(i))
                    .build());
        }
        return ask(stream);
    }

    private Said ask(boolean stream) {
        ChatCompletion answer = OpenAiSdkTest.complete(client, request.build(), stream);
        answer.validate();
        ChatCompletionMessage message = answer.choices().get(0).message();
        request.addMessage(message);
        List<Call> calls = message.toolCalls().orElse(List.of()).stream()
                .map(call -> call.asFunction())
                .map(call -> new Call(
                        call.id(), call.function().name(), call.function().arguments()))
                .toList();
        return new Said(
                answer.model(),
                message.content().orElse(""),
                "",
                calls,
                answer.choices().get(0).finishReason().asString());
    }

    @Override
    public void close() {
        client.close();
    }
}
