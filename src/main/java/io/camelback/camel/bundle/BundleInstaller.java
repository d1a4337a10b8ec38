package io.camelback.camel.bundle;

import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetService;
import io.camelback.camel.accounting.BudgetEnforcer;
import io.camelback.camel.accounting.CapacityPreview;
import io.camelback.camel.accounting.LedgerRecorder;
import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.accounting.QuotaEnforcer;
import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.chain.ChainResources;
import io.camelback.camel.chain.ChainTopology;
import io.camelback.camel.chain.ChainTraversal;
import io.camelback.camel.chain.CircuitBreakerInterceptor;
import io.camelback.camel.chain.ClassificationProcessor;
import io.camelback.camel.chain.DeadlineAllocator;
import io.camelback.camel.chain.DeploymentLoadBalancer;
import io.camelback.camel.chain.EscalationProcessor;
import io.camelback.camel.chain.FallbackPlanner;
import io.camelback.camel.chain.GroupBudgets;
import io.camelback.camel.chain.LiveLoadMetrics;
import io.camelback.camel.chain.PlanThenExecuteProcessors;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.chain.StreamAwareCircuitBreaker;
import io.camelback.camel.convert.ChatBodyConverter;
import io.camelback.camel.convert.EmbeddingBodyConverter;
import io.camelback.camel.direct.DirectEndpointProcessors;
import io.camelback.camel.explain.RouteExplainer;
import io.camelback.camel.fallback.AnswerCacheRecorder;
import io.camelback.camel.fallback.StaticFallbackProcessor;
import io.camelback.camel.fallback.WaitForRecoveryHandler;
import io.camelback.camel.inbound.ApiKeyAuthenticator;
import io.camelback.camel.inbound.ErrorResponseProcessor;
import io.camelback.camel.inbound.IdempotencyFilter;
import io.camelback.camel.inbound.InboundEndpoint;
import io.camelback.camel.inbound.InboundEndpoints;
import io.camelback.camel.inbound.InboundRequestProcessor;
import io.camelback.camel.inbound.ModelListProcessor;
import io.camelback.camel.inbound.ProviderTokenCounter;
import io.camelback.camel.inbound.ResponseProcessor;
import io.camelback.camel.inbound.StoredResponsesUnsupportedProcessor;
import io.camelback.camel.inbound.TokenCountEndpoint;
import io.camelback.camel.inbound.TokenCountProcessors;
import io.camelback.camel.kamelet.AttemptAdmissionProcessor;
import io.camelback.camel.kamelet.ChatRequestProcessor;
import io.camelback.camel.kamelet.ChatResponseProcessor;
import io.camelback.camel.kamelet.EmbeddingProviderCodec;
import io.camelback.camel.kamelet.EmbeddingRequestProcessor;
import io.camelback.camel.kamelet.EmbeddingResponseProcessor;
import io.camelback.camel.kamelet.QualityFilter;
import io.camelback.camel.kamelet.UpstreamHttpClientConfigurer;
import io.camelback.camel.request.ActiveRequests;
import io.camelback.camel.request.LoopDetector;
import io.camelback.camel.request.RequestContext;
import io.camelback.classification.ComplexityScorer;
import io.camelback.classification.WeightedComplexityScorer;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.LimitSettings;
import io.camelback.config.LoadedConfig;
import io.camelback.config.yaml.ConfigException;
import io.camelback.config.yaml.ConfigProblem;
import io.camelback.ledger.Ledger;
import io.camelback.loadbalancer.LoadBalancingStrategies;
import io.camelback.loadbalancer.LoadMetrics;
import io.camelback.memory.MemoryBudget;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.protocol.openai.responses.provider.OpenAiResponsesProviderCodec;
import io.camelback.quality.CheckPool;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.CapacityCheck;
import io.camelback.routing.DeploymentAvailability;
import io.camelback.routing.ModelResolver;
import io.camelback.routing.TaskRouting;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.ActiveRevision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.apache.camel.spi.Resource;

/**
 * Brings the bundle into a Camel context: the configuration, the Kamelets with their properties, the breakers, the
 * processors that routes name, and the routes themselves. The context must not have been started yet.
 */
public final class BundleInstaller {
    private final CamelContext context;
    private final BundleLocation files;
    private final GatewayRuntime runtime;
    private final RequestLog log;
    private RouteExplainer explainer;
    private BundleRouteLoader loader;
    private DirectEndpointProcessors chat;
    private DirectEndpointProcessors embed;
    private final PersistenceServices accounts;
    private final int revision;
    private final ActiveRequests activeRequests = new ActiveRequests();
    private final Map<String, List<ActiveRevision.Link>> chains = new LinkedHashMap<>();

    /** @param revision the number of the configuration's version, from 1 */
    public BundleInstaller(
            CamelContext context,
            BundleLocation files,
            GatewayRuntime runtime,
            RequestLog log,
            PersistenceServices accounts,
            int revision) {
        this.context = context;
        this.files = files;
        this.runtime = runtime;
        this.log = log;
        this.accounts = accounts;
        this.revision = revision;
    }

    /**
     * @param environment where {@code {{env:NAME}}} and the providers' variables are looked up
     * @param which the route files to load
     * @return the configuration in force, and what the operator should know of it
     * @throws ConfigException with every problem of the configuration
     */
    public LoadedConfig install(Function<String, String> environment, Predicate<Resource> which) throws Exception {
        LoadedConfig loaded = files.config(context, environment);
        CamelbackConfig config = loaded.config();
        runtime.memory().resize(MemoryBudget.shareOfHeap(config.bounds().memoryPercent()));
        bindKamelets(config);
        for (Deployment deployment : config.deployments().values()) {
            context.getRegistry()
                    .bind(
                            deployment.name(),
                            StreamAwareCircuitBreaker.of(runtime.breakers().of(deployment)));
        }
        context.getPropertiesComponent().addPropertiesSource(new RoutingPropertiesSource(config.routing()));
        context.getCamelContextExtension().addInterceptStrategy(new CircuitBreakerInterceptor());
        ((ModelCamelContext) context)
                .addModelLifecycleStrategy(
                        new StreamCachingDisabler(config.deployments().keySet()));
        ChatBodyConverter.register(context);
        EmbeddingBodyConverter.register(context);
        loader = new BundleRouteLoader((ModelCamelContext) context);
        List<RouteDefinition> routes = loadRoutes(which);
        ChainTopology links = new ChainTopology(config, ((ModelCamelContext) context).getRouteDefinitions());
        links.check(routes);
        Set<String> chains = routes.stream()
                .filter(route -> ChainResources.isChain(route.getResource()))
                .flatMap(route -> ChainTopology.begin(route).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        chains.addAll(loader.replaced());
        Set<String> embedders = chains.stream().filter(links::embeds).collect(Collectors.toSet());
        Set<String> chatting = new TreeSet<>(chains);
        chatting.removeAll(embedders);
        List<ConfigProblem> problems = new ArrayList<>(config.checkTargets(chatting));
        problems.addAll(config.checkPrices(links::deployments));
        if (!problems.isEmpty()) {
            throw new ConfigException(CamelbackConfig.FILE, problems);
        }
        bindProcessors(config, links, chains, embedders);
        chains.forEach(chain -> this.chains.put(chain, links.links(chain)));
        routes.stream()
                .filter(route -> ChainResources.isChain(route.getResource()))
                .forEach(route -> ChainTopology.begin(route)
                        .ifPresent(chain -> beginsRequests(route, chain, embedders.contains(chain))));
        loader.addPinned(config.deployments().values(), chains).forEach((deployment, route) -> {
            onlyThrow(route);
            beginsRequests(route, deployment.name(), deployment.embeds());
        });
        return loaded;
    }

    /** The requests that are under way. */
    public ActiveRequests activeRequests() {
        return activeRequests;
    }

    /** Says what requests would come to; there once it is installed. */
    public RouteExplainer explainer() {
        return explainer;
    }

    /** What each chain asks, in order; known once it is installed. */
    public Map<String, List<ActiveRevision.Link>> chains() {
        return chains;
    }

    private void bindKamelets(CamelbackConfig config) {
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation(files.kameletsBeside(kamelets.getLocation()));
        kamelets.setNoErrorHandler(true);
        Map<String, Properties> properties = kamelets.getRouteProperties() == null
                ? new LinkedHashMap<>()
                : new LinkedHashMap<>(kamelets.getRouteProperties());
        for (Deployment deployment : config.deployments().values()) {
            properties.put(deployment.name(), kameletProperties(deployment));
            if (ProviderTokenCounter.of(deployment).isPresent()) {
                properties.put(ProviderTokenCounter.route(deployment), kameletProperties(deployment));
            }
        }
        kamelets.setRouteProperties(properties);
    }

    private static Properties kameletProperties(Deployment deployment) {
        Properties properties = new Properties();
        properties.setProperty("deployment", deployment.name());
        properties.setProperty("baseUrl", deployment.provider().baseUrl());
        properties.setProperty(
                "apiKey",
                deployment.provider().apiKey() == null
                        ? ""
                        : deployment.provider().apiKey());
        properties.setProperty(
                "connectTimeout", String.valueOf(deployment.timeouts().connect().toMillis()));
        return properties;
    }

    private List<RouteDefinition> loadRoutes(Predicate<Resource> which) throws Exception {
        List<Resource> files = this.files.routes(context).stream().filter(which).toList();
        if (files.isEmpty()) {
            throw new IllegalStateException(
                    "There are no route files (*.camel.yaml) in " + this.files.root() + "/routes");
        }
        List<RouteDefinition> routes = loader.load(files);
        routes.forEach(BundleInstaller::onlyThrow);
        return routes;
    }

    /**
     * Chains throw and doors answer. Said for each route and not for the context: there it would also win over the
     * error handling that a door takes from its route configuration, and a host's own routes are none of our business.
     */
    private static void onlyThrow(RouteDefinition route) {
        route.setErrorHandlerFactoryIfNull(new NoErrorHandlerDefinition());
    }

    private void bindProcessors(CamelbackConfig config, ChainTopology links, Set<String> chains, Set<String> embedders)
            throws Exception {
        ModelResolver targets = ModelResolver.chatting(config, chains, embedders);
        ModelResolver embedding = ModelResolver.embedding(config, chains, embedders);
        BudgetPolicy policy = accounts.budgetPolicy(config);
        LedgerRecorder ledger = new LedgerRecorder(accounts.ledger().orElse(null), policy, revision, runtime.clock());
        BudgetService budgetService = accounts.budgets().orElse(null);
        BudgetEnforcer accounting = new BudgetEnforcer(
                budgetService, policy, () -> accounts.ledger().map(Ledger::seen).orElse(false), ledger);
        RequestRecorder records = new RequestRecorder(config, log, ledger);
        UpstreamHttpClientConfigurer client =
                new UpstreamHttpClientConfigurer(context, config.bounds(), runtime.lookup(), runtime.nanoTime());
        context.addService(client);
        context.getRegistry().bind("camelback-http", client);
        accounts.budgets().ifPresent(budgets -> budgets.watch(policy));
        context.getRegistry().bind("camelback-group-budgets", new GroupBudgets(policy, accounts.budgets()));
        ChainTraversal walk = new ChainTraversal(
                context,
                config,
                ((ModelCamelContext) context).getRouteDefinitions(),
                new LiveLoadMetrics(config, runtime),
                runtime.random());
        QuotaEnforcer gate = new QuotaEnforcer(accounts.quotas(runtime.clock()), config);
        Function<RequestContext, CapacityCheck> means =
                accounts.isDryRun() ? call -> CapacityCheck.ALL : new CapacityPreview(gate, accounting)::of;
        RequestContextFactory calls = new RequestContextFactory(
                scorer(config), config, new FallbackPlanner(walk, runtime, means), runtime.nanoTime());
        LoopDetector loopDetector = LoopDetector.create();
        DeadlineAllocator deadlines = new DeadlineAllocator(config, runtime);
        explainer = new RouteExplainer(targets, calls, deadlines, accounting);
        bind(
                "camelback-admit",
                new AttemptAdmissionProcessor(config, runtime, deadlines, calls, accounting, gate, loopDetector));
        bind("camelback-escalate", new EscalationProcessor());
        bind("camelback-classify", new ClassificationProcessor(calls, new TaskRouting(config.routing(), links::own)));
        LoadMetrics metrics = new LiveLoadMetrics(config, runtime);
        LoadBalancingStrategies.all(runtime.random())
                .forEach((name, balancer) -> context.getRegistry()
                        .bindAsPrototype(
                                "camelback-" + name,
                                LoadBalancer.class,
                                () -> new DeploymentLoadBalancer(balancer.get(), metrics, config)));
        bind("camelback-plan-request", PlanThenExecuteProcessors.plan());
        bind("camelback-plan-apply", PlanThenExecuteProcessors.planned());
        bind("camelback-degraded", new StaticFallbackProcessor(runtime.clock()));
        for (WebhookFormatProcessor shape : WebhookFormatProcessor.values()) {
            bind(shape.bean(), shape);
        }
        bindDialects(new QualityFilter(config, new CheckPool()), config.bounds());
        AnswerCacheRecorder answerCache =
                new AnswerCacheRecorder(config, accounts.answers(runtime.clock()), runtime.clock());
        WaitForRecoveryHandler recovery =
                new WaitForRecoveryHandler(config, links::deployments, records::waiting, runtime);
        bind("camelback-cached", answerCache.recall());
        ApiKeyAuthenticator authenticator =
                new ApiKeyAuthenticator(accounts.keys().orElse(null), config::keysRequired);
        bindDoors(config, records, calls, answerCache, recovery, targets, embedding, authenticator, gate, loopDetector);
        bind(
                "camelback-models",
                new ModelListProcessor(
                        config, chains, embedders, runtime.clock().instant().getEpochSecond(), authenticator));
        TokenCountProcessors count = new TokenCountProcessors(
                model -> targets.resolve(model)
                        .flatMap(target -> links.deployments(target).stream()
                                .filter(deployment -> DeploymentAvailability.of(deployment, runtime)
                                        .isHealthy())
                                .findFirst()),
                authenticator,
                targets,
                loopDetector);
        TokenCountEndpoint.ALL.forEach(
                endpoint -> bind("camelback-count-" + endpoint.door().name(), count.read(endpoint)));
        for (ProviderTokenCounter counter : ProviderTokenCounter.ALL) {
            bind("camelback-count-to-" + counter.dialect().name(), count.send(counter));
            bind("camelback-count-from-" + counter.dialect().name(), count.receive(counter));
        }
        bind("camelback-count-response", count.reply());
        chat = new DirectEndpointProcessors(
                config, targets, new ChatBodyConverter(), records, calls, answerCache, recovery, runtime.clock());
        bind("camelback-direct-request", chat.enter());
        bind("camelback-direct-response", chat.leave());
        embed = new DirectEndpointProcessors(
                config,
                embedding,
                new EmbeddingBodyConverter(),
                records,
                calls,
                answerCache,
                recovery,
                runtime.clock());
        bind("camelback-direct-embedding-request", embed.enter());
        bind("camelback-direct-embedding-response", embed.leave());
        bind("camelback-direct-error", chat.fail());
    }

    /** The operator's own, if there is one in the registry. */
    private ComplexityScorer scorer(CamelbackConfig config) {
        Map<String, ComplexityScorer> own = context.getRegistry().findByTypeWithName(ComplexityScorer.class);
        if (own.size() > 1) {
            throw new IllegalStateException("There can be one ComplexityScorer, but the registry has "
                    + String.join(" and ", new TreeSet<>(own.keySet())) + ". Keep one of them.");
        }
        return own.isEmpty()
                ? new WeightedComplexityScorer(config.routing())
                : own.values().iterator().next();
    }

    private void bindDialects(QualityFilter quality, LimitSettings bounds) {
        bindDialect(quality, bounds, new OpenAiChatProviderCodec(), ChatRequestProcessor.Addressing.IN_THE_BODY);
        bindDialect(quality, bounds, new AnthropicProviderCodec(), ChatRequestProcessor.Addressing.IN_THE_BODY);
        bindDialect(quality, bounds, new OpenAiResponsesProviderCodec(), ChatRequestProcessor.Addressing.IN_THE_BODY);
        bindDialect(quality, bounds, new GeminiProviderCodec(), (message, deployment, stream) -> {
            String[] path = GeminiProviderCodec.path(deployment.model(), stream).split("\\?", 2);
            message.setHeader(Exchange.HTTP_PATH, path[0]);
            message.setHeader(Exchange.HTTP_QUERY, path.length > 1 ? path[1] : null);
        });
        for (EmbeddingProviderCodec dialect : EmbeddingProviderCodec.all()) {
            bind("camelback-embed-to-" + dialect.name(), new EmbeddingRequestProcessor(dialect));
            bind(
                    "camelback-embed-from-" + dialect.name(),
                    new EmbeddingResponseProcessor(dialect, bounds.embeddings()));
        }
    }

    private void bindDoors(
            CamelbackConfig config,
            RequestRecorder records,
            RequestContextFactory calls,
            AnswerCacheRecorder answerCache,
            WaitForRecoveryHandler recovery,
            ModelResolver chatting,
            ModelResolver embedding,
            ApiKeyAuthenticator authenticator,
            QuotaEnforcer gate,
            LoopDetector loopDetector) {
        ResponseProcessor reply =
                new ResponseProcessor(config, records, answerCache, runtime.memory(), runtime.clock());
        IdempotencyFilter idempotency = new IdempotencyFilter(
                accounts.replies(runtime.clock()), config, records, runtime.memory(), runtime.clock());
        InboundEndpoints.ALL.forEach(endpoint -> bind(
                "camelback-request-" + endpoint.name(),
                new InboundRequestProcessor(
                        endpoint,
                        chatting,
                        config,
                        log,
                        runtime,
                        calls,
                        authenticator,
                        gate,
                        idempotency,
                        loopDetector,
                        activeRequests)));
        bind("camelback-stored-responses-unsupported", new StoredResponsesUnsupportedProcessor(authenticator));
        bind(
                "camelback-request-embeddings",
                new InboundRequestProcessor(
                        new InboundEndpoint.Embeddings(),
                        embedding,
                        config,
                        log,
                        runtime,
                        calls,
                        authenticator,
                        gate,
                        idempotency,
                        loopDetector,
                        activeRequests));
        bind(
                "camelback-request-gemini-embeddings",
                new InboundRequestProcessor(
                        new InboundEndpoint.GeminiEmbeddings(),
                        embedding,
                        config,
                        log,
                        runtime,
                        calls,
                        authenticator,
                        gate,
                        idempotency,
                        loopDetector,
                        activeRequests));
        bind("camelback-response", reply);
        bind("camelback-error-response", new ErrorResponseProcessor(reply, recovery));
    }

    private void bindDialect(
            QualityFilter quality,
            LimitSettings bounds,
            ProviderCodec codec,
            ChatRequestProcessor.Addressing addressing) {
        bind("camelback-to-" + codec.name(), new ChatRequestProcessor(codec, addressing));
        bind(
                "camelback-from-" + codec.name(),
                new ChatResponseProcessor(codec, quality, bounds, runtime.clock(), context));
    }

    private void bind(String name, Processor processor) {
        context.getRegistry().bind(name, Processor.class, new GuardedProcessor(processor));
    }

    /** Puts the step in front that begins a request where a host's route calls the chain by its name. */
    private void beginsRequests(RouteDefinition route, String chain, boolean embeds) {
        ProcessDefinition step = new ProcessDefinition((embeds ? embed : chat).enterChain(chain));
        step.setParent(route);
        route.getOutputs().add(0, step);
    }
}
