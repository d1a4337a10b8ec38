package clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/** A tool loop that a framework runs: {@code java clients.Frameworks FRAMEWORK GATEWAY (stream|plain)}. */
public final class Frameworks {
    private static final Weather WEATHER = new Weather();
    private static final int THINKING = 2048;
    private static final int TOKENS = 8000;

    private Frameworks() {}

    /** What LangChain4j implements. */
    interface Assistant {
        @SystemMessage(Weather.SYSTEM)
        String answer(String question);

        @SystemMessage(Weather.SYSTEM)
        TokenStream stream(String question);
    }

    public static void main(String[] args) throws Exception {
        String base = args[1];
        boolean stream = args[2].equals("stream");
        String text = switch (args[0]) {
            case "langchain4jOpenAi" -> stream ? stream(openAiStream(base)) : answer(openAi(base));
            case "langchain4jAnthropic" -> stream ? stream(anthropicStream(base)) : answer(anthropic(base));
            case "langchain4jGemini" -> stream ? stream(geminiStream(base)) : answer(gemini(base));
            case "springAiOpenAi" -> spring(springOpenAi(base), stream);
            case "springAiAnthropic" -> spring(springAnthropic(base), stream);
            default -> throw new IllegalArgumentException(args[0]);
        };
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .println(new ObjectMapper().writeValueAsString(text(text)));
        System.exit(0);
    }

    private static Map<String, Object> text(String text) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("text", text);
        told.put("called", WEATHER.called);
        told.put("models", List.of());
        return told;
    }

    private static String answer(ChatModel model) {
        return AiServices.builder(Assistant.class).chatModel(model).tools(WEATHER).build().answer(Weather.QUESTION);
    }

    private static String stream(StreamingChatModel model) throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        AiServices.builder(Assistant.class)
                .streamingChatModel(model)
                .tools(WEATHER)
                .build()
                .stream(Weather.QUESTION)
                .onPartialResponse(text -> {})
                .onCompleteResponse(answer -> done.complete(answer.aiMessage().text()))
                .onError(done::completeExceptionally)
                .start();
        return done.get(1, TimeUnit.MINUTES);
    }

    private static OpenAiChatRequestParameters effort() {
        return OpenAiChatRequestParameters.builder().reasoningEffort("high").build();
    }

    private static ChatModel openAi(String base) {
        return OpenAiChatModel.builder()
                .baseUrl(base + "/v1")
                .apiKey("any")
                .modelName(Weather.MODEL)
                .maxRetries(0)
                .returnThinking(true)
                .defaultRequestParameters(effort())
                .build();
    }

    private static StreamingChatModel openAiStream(String base) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(base + "/v1")
                .apiKey("any")
                .modelName(Weather.MODEL)
                .returnThinking(true)
                .defaultRequestParameters(effort())
                .build();
    }

    private static ChatModel anthropic(String base) {
        return AnthropicChatModel.builder()
                .baseUrl(base + "/v1")
                .apiKey("any")
                .modelName(Weather.MODEL)
                .maxRetries(0)
                .maxTokens(TOKENS)
                .thinkingType("enabled")
                .thinkingBudgetTokens(THINKING)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    private static StreamingChatModel anthropicStream(String base) {
        return AnthropicStreamingChatModel.builder()
                .baseUrl(base + "/v1")
                .apiKey("any")
                .modelName(Weather.MODEL)
                .maxTokens(TOKENS)
                .thinkingType("enabled")
                .thinkingBudgetTokens(THINKING)
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    private static GeminiThinkingConfig thoughts() {
        return GeminiThinkingConfig.builder().includeThoughts(true).build();
    }

    private static ChatModel gemini(String base) {
        return GoogleAiGeminiChatModel.builder()
                .baseUrl(base + "/v1beta")
                .apiKey("any")
                .modelName(Weather.MODEL)
                .maxRetries(0)
                .thinkingConfig(thoughts())
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    private static StreamingChatModel geminiStream(String base) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .baseUrl(base + "/v1beta")
                .apiKey("any")
                .modelName(Weather.MODEL)
                .thinkingConfig(thoughts())
                .returnThinking(true)
                .sendThinking(true)
                .build();
    }

    private static String spring(org.springframework.ai.chat.model.ChatModel model, boolean stream) {
        ChatClient.ChatClientRequestSpec request =
                ChatClient.create(model).prompt().system(Weather.SYSTEM).user(Weather.QUESTION).tools(WEATHER);
        return stream
                ? String.join("", request.stream().content().collectList().block())
                : request.call().content();
    }

    private static org.springframework.ai.chat.model.ChatModel springOpenAi(String base) {
        return org.springframework.ai.openai.OpenAiChatModel.builder()
                .openAiApi(OpenAiApi.builder().baseUrl(base).apiKey("any").build())
                .defaultOptions(OpenAiChatOptions.builder()
                        .model(Weather.MODEL)
                        .reasoningEffort("high")
                        .build())
                .build();
    }

    /** Without thinking, which it shows as if it were the answer. */
    private static org.springframework.ai.chat.model.ChatModel springAnthropic(String base) {
        return org.springframework.ai.anthropic.AnthropicChatModel.builder()
                .anthropicApi(AnthropicApi.builder().baseUrl(base).apiKey("any").build())
                .defaultOptions(AnthropicChatOptions.builder()
                        .model(Weather.MODEL)
                        .maxTokens(TOKENS)
                        .build())
                .build();
    }
}
