package io.camelback.camel.bundle;

import io.camelback.camel.kamelet.AttemptAdmissionProcessor;
import io.camelback.camel.kamelet.ChatRequestProcessor;
import io.camelback.camel.kamelet.ChatResponseProcessor;
import io.camelback.camel.kamelet.EmbeddingProviderCodec;
import io.camelback.camel.kamelet.EmbeddingRequestProcessor;
import io.camelback.camel.kamelet.EmbeddingResponseProcessor;
import io.camelback.camel.kamelet.QualityFilter;
import io.camelback.camel.kamelet.UpstreamHttpClientConfigurer;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.LimitSettings;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import io.camelback.quality.CheckPool;
import io.camelback.resilience.GatewayRuntime;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The beans that Kamelets name: admission, the HTTP client, and what translates requests and answers. */
final class KameletBeans {
    private final CamelContext context;
    private final BeanRegistrar beans;
    private final CamelbackConfig config;
    private final GatewayRuntime runtime;

    KameletBeans(CamelContext context, BeanRegistrar beans, CamelbackConfig config, GatewayRuntime runtime) {
        this.context = context;
        this.beans = beans;
        this.config = config;
        this.runtime = runtime;
    }

    void bind(RequestServices services) throws Exception {
        LimitSettings limits = config.bounds();
        UpstreamHttpClientConfigurer client =
                new UpstreamHttpClientConfigurer(context, limits, runtime.lookup(), runtime.nanoTime());
        context.addService(client);
        beans.bindBean("camelback-http", client);
        beans.bind(
                "camelback-admit",
                new AttemptAdmissionProcessor(
                        config,
                        runtime,
                        services.deadlines(),
                        services.contexts(),
                        services.budgets(),
                        services.quotas(),
                        services.loopDetector()));
        QualityFilter quality = new QualityFilter(config, new CheckPool());
        bind(quality, new OpenAiChatProviderCodec(), ChatRequestProcessor.Addressing.IN_THE_BODY);
        bind(quality, new AnthropicProviderCodec(), ChatRequestProcessor.Addressing.IN_THE_BODY);
        bind(quality, new OpenAiResponsesProviderCodec(), ChatRequestProcessor.Addressing.IN_THE_BODY);
        bind(
                quality,
                new GeminiProviderCodec(),
                (message, deployment, stream) ->
                        address(message, GeminiProviderCodec.path(deployment.model(), stream)));
        for (EmbeddingProviderCodec codec : EmbeddingProviderCodec.all()) {
            beans.bind("camelback-embed-to-" + codec.name(), new EmbeddingRequestProcessor(codec));
            beans.bind(
                    "camelback-embed-from-" + codec.name(), new EmbeddingResponseProcessor(codec, limits.embeddings()));
        }
    }

    private void bind(QualityFilter quality, ProviderCodec codec, ChatRequestProcessor.Addressing addressing) {
        beans.bind("camelback-to-" + codec.name(), new ChatRequestProcessor(codec, addressing));
        beans.bind(
                "camelback-from-" + codec.name(),
                new ChatResponseProcessor(codec, quality, config.bounds(), runtime.clock(), context));
    }

    private static void address(Message message, String pathAndQuery) {
        String[] path = pathAndQuery.split("\\?", 2);
        message.setHeader(Exchange.HTTP_PATH, path[0]);
        message.setHeader(Exchange.HTTP_QUERY, path.length > 1 ? path[1] : null);
    }
}
