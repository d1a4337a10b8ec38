package io.camelback.acceptance.sdk;

import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import io.camelback.json.Json;
import io.camelback.testkit.BalancedChainLinks;
import io.camelback.testkit.JsonSchemas;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Held with com.google.genai:google-genai; its chat keeps the history, also that of streams. */
final class GeminiConversation implements SdkConversation {
    private final Client client;
    private final Chat chat;

    GeminiConversation(URI base, List<Wish> wishes) {
        client = client(base);
        GenerateContentConfig.Builder config =
                GenerateContentConfig.builder().systemInstruction(Content.fromParts(Part.fromText("Be brief.")));
        if (wishes.contains(Wish.TOOL)) {
            config.tools(Tool.builder()
                    .functionDeclarations(FunctionDeclaration.builder()
                            .name(SdkClients.TOOL)
                            .description("The weather in a city.")
                            .parametersJsonSchema(JsonSchemas.PLACE)
                            .build())
                    .build());
        }
        if (wishes.contains(Wish.THINKING)) {
            config.thinkingConfig(ThinkingConfig.builder()
                    .includeThoughts(true)
                    .thinkingBudget(2000)
                    .build());
        }
        if (wishes.contains(Wish.JSON)) {
            config.responseMimeType("application/json").responseJsonSchema(JsonSchemas.REPORT);
        }
        chat = client.chats.create(BalancedChainLinks.CHAIN, config.build());
    }

    static Client client(URI base) {
        return Client.builder()
                .apiKey("any")
                .httpOptions(HttpOptions.builder()
                        .baseUrl(base.toString())
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    @Override
    public Said say(String text, boolean stream) {
        return ask(
                Content.builder()
                        .role("user")
                        .parts(List.of(Part.fromText(text)))
                        .build(),
                stream);
    }

    @Override
    public Said results(List<Call> calls, List<String> results, boolean stream) {
        return ask(
                Content.builder()
                        .role("user")
                        .parts(IntStream.range(0, calls.size())
                                .mapToObj(i -> Part.builder()
                                        .functionResponse(result(calls.get(i), results.get(i)))
                                        .build())
                                .toList())
                        .build(),
                stream);
    }

    private static FunctionResponse result(Call call, String result) {
        FunctionResponse.Builder response =
                FunctionResponse.builder().name(call.name()).response(Map.of("output", result));
        return (call.id().isEmpty() ? response : response.id(call.id())).build();
    }

    private Said ask(Content content, boolean stream) {
        List<GenerateContentResponse> answers = new ArrayList<>();
        if (stream) {
            try (ResponseStream<GenerateContentResponse> chunks = chat.sendMessageStream(content)) {
                chunks.forEach(answers::add);
            }
        } else {
            answers.add(chat.sendMessage(content));
        }
        List<Part> parts = answers.stream().flatMap(GeminiConversation::parts).toList();
        List<Call> calls = parts.stream()
                .flatMap(part -> part.functionCall().stream())
                .map(GeminiConversation::call)
                .toList();
        GenerateContentResponse last = answers.get(answers.size() - 1);
        return new Said(
                last.modelVersion().orElse(""),
                text(parts, part -> !part.thought().orElse(false)),
                text(parts, part -> part.thought().orElse(false)),
                calls,
                last.finishReason().toString());
    }

    private static Stream<Part> parts(GenerateContentResponse answer) {
        return answer.candidates().orElse(List.of()).stream()
                .flatMap(candidate -> candidate.content().stream())
                .flatMap(content -> content.parts().orElse(List.of()).stream());
    }

    private static String text(List<Part> parts, Predicate<Part> which) {
        return parts.stream()
                .filter(which)
                .flatMap(part -> part.text().stream())
                .collect(Collectors.joining());
    }

    private static Call call(FunctionCall call) {
        return new Call(
                call.id().orElse(""),
                call.name().orElseThrow(),
                Json.text(Json.of(call.args().orElseThrow())));
    }

    @Override
    public void close() {
        client.close();
    }
}
