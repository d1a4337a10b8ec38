package io.camelback.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * All providers that Camelback ships deployments for, simulated: OpenAI, Anthropic, Gemini, a local one, and one that
 * stands for all the other compatible ones, told apart by path ({@code /deepseek/v1}, …).
 */
public final class SimulatedProviders implements AutoCloseable {
    private static final List<String> COMPATIBLE =
            List.of("DEEPSEEK", "OPENROUTER", "MISTRAL", "GROQ", "XAI", "ZAI", "MINIMAX", "NANOGPT");

    private final SimulatedProvider openAi = SimulatedProvider.start("openai");
    private final SimulatedProvider anthropic = SimulatedProvider.start("anthropic");
    private final SimulatedProvider gemini = SimulatedProvider.start("gemini");
    private final SimulatedProvider local = SimulatedProvider.start("local");
    private final SimulatedProvider compatible = SimulatedProvider.start("compatible");

    private SimulatedProviders() {}

    public static SimulatedProviders start() {
        return new SimulatedProviders();
    }

    public SimulatedProvider openAi() {
        return openAi;
    }

    public SimulatedProvider anthropic() {
        return anthropic;
    }

    public SimulatedProvider gemini() {
        return gemini;
    }

    public SimulatedProvider local() {
        return local;
    }

    /** DeepSeek, OpenRouter, Mistral, Groq, xAI, Z.ai, MiniMax and NanoGPT. */
    public SimulatedProvider compatible() {
        return compatible;
    }

    public List<SimulatedProvider> providers() {
        return List.of(openAi, anthropic, gemini, local, compatible);
    }

    /** The variables that lead Camelback here, with keys that open nothing elsewhere. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        put(environment, "OPENAI", openAi.url() + "/v1");
        put(environment, "ANTHROPIC", anthropic.url());
        put(environment, "GEMINI", gemini.url());
        COMPATIBLE.forEach(
                name -> put(environment, name, compatible.url() + "/" + name.toLowerCase(Locale.ROOT) + "/v1"));
        environment.put("LOCAL_BASE_URL", local.url() + "/v1");
        return environment;
    }

    private static void put(Map<String, String> environment, String name, String url) {
        environment.put(name + "_API_KEY", "sim-" + name.toLowerCase(Locale.ROOT));
        environment.put(name + "_BASE_URL", url);
    }

    @Override
    public void close() {
        providers().forEach(SimulatedProvider::close);
    }
}
