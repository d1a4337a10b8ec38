package io.camelback.camel.bundle;

import io.camelback.camel.convert.BodyConverter;
import io.camelback.camel.convert.ChatBodyConverter;
import io.camelback.camel.convert.EmbeddingBodyConverter;
import io.camelback.camel.direct.DirectEndpointProcessors;
import io.camelback.config.CamelbackConfig;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.ModelResolver;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RouteDefinition;

/** The beans of {@code direct:chat} and {@code direct:embed}, and the step that begins every chain. */
final class DirectEndpointBeans {
    private final DirectEndpointProcessors chat;
    private final DirectEndpointProcessors embed;

    DirectEndpointBeans(CamelbackConfig config, ChainCatalog chains, RequestServices services, GatewayRuntime runtime) {
        this.chat = processors(config, chains.chatModels(config), new ChatBodyConverter(), services, runtime);
        this.embed =
                processors(config, chains.embeddingModels(config), new EmbeddingBodyConverter(), services, runtime);
    }

    private static DirectEndpointProcessors processors(
            CamelbackConfig config,
            ModelResolver models,
            BodyConverter bodies,
            RequestServices services,
            GatewayRuntime runtime) {
        return new DirectEndpointProcessors(
                config,
                models,
                bodies,
                services.recorder(),
                services.contexts(),
                services.answerCache(),
                services.recovery(),
                runtime.clock());
    }

    void bind(BeanRegistrar beans) {
        beans.bind("camelback-direct-request", chat.enter());
        beans.bind("camelback-direct-response", chat.leave());
        beans.bind("camelback-direct-embedding-request", embed.enter());
        beans.bind("camelback-direct-embedding-response", embed.leave());
        beans.bind("camelback-direct-error", chat.fail());
    }

    /** Puts the step in front that begins a request where a host's route calls the chain by its name. */
    void beginRequests(RouteDefinition route, String chain, boolean embeds) {
        ProcessDefinition step = new ProcessDefinition((embeds ? embed : chat).enterChain(chain));
        step.setParent(route);
        route.getOutputs().add(0, step);
    }
}
