package io.camelback.camel.bundle;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.chain.CallerFallbackReader;
import io.camelback.camel.inbound.ApiKeyAuthenticator;
import io.camelback.camel.inbound.ErrorResponseProcessor;
import io.camelback.camel.inbound.IdempotencyFilter;
import io.camelback.camel.inbound.InboundEndpoint;
import io.camelback.camel.inbound.InboundEndpoints;
import io.camelback.camel.inbound.InboundRequestProcessor;
import io.camelback.camel.inbound.ModelListProcessor;
import io.camelback.camel.inbound.ProviderTokenCounter;
import io.camelback.camel.inbound.RequestPreamble;
import io.camelback.camel.inbound.ResponseProcessor;
import io.camelback.camel.inbound.StoredResponsesUnsupportedProcessor;
import io.camelback.camel.inbound.TokenCountProcessors;
import io.camelback.camel.request.ActiveRequests;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.routing.ModelResolver;
import io.camelback.telemetry.log.RequestLog;
import java.util.List;
import java.util.Optional;

/** The beans that the routes of the HTTP endpoints name. */
final class HttpEndpointBeans {
    private final BeanRegistrar beans;
    private final CamelbackConfig config;
    private final ChainCatalog chains;
    private final RequestServices services;
    private final GatewayRuntime runtime;
    private final RequestPreamble preamble;

    HttpEndpointBeans(
            BeanRegistrar beans,
            CamelbackConfig config,
            ChainCatalog chains,
            RequestServices services,
            GatewayRuntime runtime,
            PersistenceServices accounts) {
        this.beans = beans;
        this.config = config;
        this.chains = chains;
        this.services = services;
        this.runtime = runtime;
        this.preamble =
                new RequestPreamble(new ApiKeyAuthenticator(accounts.keys().orElse(null), config::keysRequired));
    }

    /** @param active learns of every request that begins */
    void bind(RequestLog log, PersistenceServices accounts, ActiveRequests active) {
        IdempotencyFilter idempotency = new IdempotencyFilter(
                accounts.replies(runtime.clock()), config, services.recorder(), runtime.memory(), runtime.clock());
        CallerFallbackReader fallbacks = chains.callerFallbacks(config);
        for (InboundEndpoint endpoint : InboundEndpoints.CHAT) {
            bindRequest(endpoint, chains.chatModels(config), fallbacks, log, idempotency, active);
        }
        bindRequest(
                InboundEndpoints.compaction(this::isOpenAiResponses),
                chains.chatModels(config),
                fallbacks,
                log,
                idempotency,
                active);
        for (InboundEndpoint endpoint : InboundEndpoints.EMBEDDINGS) {
            bindRequest(endpoint, chains.embeddingModels(config), null, log, idempotency, active);
        }
        ResponseProcessor responses =
                new ResponseProcessor(config, services.recorder(), services.answerCache(), runtime);
        beans.bind("camelback-response", responses);
        beans.bind("camelback-error-response", new ErrorResponseProcessor(responses, services.recovery()));
        beans.bind("camelback-stored-responses-unsupported", new StoredResponsesUnsupportedProcessor(preamble));
        beans.bind(
                "camelback-models",
                new ModelListProcessor(
                        config,
                        chains.names(),
                        chains.embedding(),
                        runtime.clock().instant().getEpochSecond(),
                        preamble));
        bindTokenCount();
    }

    /** Whether all that a model may come to are OpenAI's Responses. */
    private boolean isOpenAiResponses(String model) {
        List<Deployment> links = chains.chatModels(config)
                .resolve(model)
                .map(chains.topology()::deployments)
                .orElse(List.of());
        return !links.isEmpty()
                && links.stream()
                        .allMatch(link -> link.api() == Deployment.Api.RESPONSES
                                && link.provider().name().equals("openai"));
    }

    private void bindRequest(
            InboundEndpoint endpoint,
            ModelResolver models,
            CallerFallbackReader fallbacks,
            RequestLog log,
            IdempotencyFilter idempotency,
            ActiveRequests active) {
        beans.bind(
                "camelback-request-" + endpoint.name(),
                new InboundRequestProcessor(
                        endpoint,
                        models,
                        fallbacks,
                        config,
                        log,
                        runtime,
                        services.contexts(),
                        preamble,
                        services.quotas(),
                        idempotency,
                        services.loopDetector(),
                        active));
    }

    private void bindTokenCount() {
        ModelResolver models = chains.chatModels(config);
        TokenCountProcessors counts = new TokenCountProcessors(
                model -> models.resolve(model).flatMap(this::firstHealthy), preamble, models, services.loopDetector());
        for (InboundEndpoint endpoint : InboundEndpoints.TOKEN_COUNT) {
            beans.bind("camelback-count-" + endpoint.name(), counts.read(endpoint));
        }
        for (ProviderTokenCounter counter : ProviderTokenCounter.ALL) {
            beans.bind("camelback-count-to-" + counter.dialect().name(), counts.send(counter));
            beans.bind("camelback-count-from-" + counter.dialect().name(), counts.receive(counter));
        }
        beans.bind("camelback-count-response", counts.respond());
    }

    private Optional<Deployment> firstHealthy(String target) {
        return chains.topology().deployments(target).stream()
                .filter(deployment ->
                        DeploymentAvailability.of(deployment, runtime).isHealthy())
                .findFirst();
    }
}
