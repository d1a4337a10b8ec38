package io.camelback.camel;

import io.camelback.balance.Balancers;
import io.camelback.balance.Pulse;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.ConfigException;
import io.camelback.config.ConfigProblem;
import io.camelback.config.Deployment;
import io.camelback.config.LimitSettings;
import io.camelback.config.Loaded;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.anthropic.AnthropicDialect;
import io.camelback.dialect.gemini.GeminiDialect;
import io.camelback.dialect.openai.OpenAiDialect;
import io.camelback.dialect.responses.ResponsesDialect;
import io.camelback.memory.MemoryBudget;
import io.camelback.observe.RequestLog;
import io.camelback.observe.Serving;
import io.camelback.quality.CheckPool;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Allowance;
import io.camelback.routing.ComplexityScorer;
import io.camelback.routing.FormulaScorer;
import io.camelback.routing.Targets;
import io.camelback.routing.TaskChains;
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
import java.util.stream.Stream;
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
 * Brings the bundle into a Camel context: the configuration, the Kamelets with their properties, the breakers, the processors
 * that routes name, and the routes themselves. The context must not have been started yet.
 */
final class Bundle {
    private final CamelContext context;
    private final BundleFiles files;
    private final Vitals vitals;
    private final RequestLog log;
    private Explainer explainer;
    private BundleRouteLoader loader;
    private Direct chat;
    private Direct embed;
    private final Accounts accounts;
    private final int revision;
    private final OpenCalls openCalls = new OpenCalls();
    private final Map<String, List<Serving.Link>> chains = new LinkedHashMap<>();

    /** @param revision the number of the configuration's version, from 1 */
    Bundle(CamelContext context, BundleFiles files, Vitals vitals, RequestLog log, Accounts accounts, int revision) {
        this.context = context;
        this.files = files;
        this.vitals = vitals;
        this.log = log;
        this.accounts = accounts;
        this.revision = revision;
    }

    /**
     * @param environment where {@code {{env:NAME}}} and the providers' variables are looked up
     * @param which       the route files to load
     * @return the configuration in force, and what the operator should know of it
     * @throws ConfigException with every problem of the configuration
     */
    Loaded install(Function<String, String> environment, Predicate<Resource> which) throws Exception {
        Loaded loaded = files.config(context, environment);
        CamelbackConfig config = loaded.config();
        vitals.memory().resize(MemoryBudget.shareOfHeap(config.bounds().memoryPercent()));
        bindKamelets(config);
        for (Deployment deployment : config.deployments().values()) {
            context.getRegistry().bind(deployment.name(), LateVerdict.of(vitals.breakers().of(deployment)));
        }
        context.getPropertiesComponent().addPropertiesSource(new RoutingProperties(config.routing()));
        context.getCamelContextExtension().addInterceptStrategy(new OpenBreakers());
        ((ModelCamelContext) context).addModelLifecycleStrategy(new LiveStreams(config.deployments().keySet()));
        ChatBodies.register(context);
        EmbedBodies.register(context);
        loader = new BundleRouteLoader((ModelCamelContext) context);
        List<RouteDefinition> routes = loadRoutes(which);
        Links links = new Links(config, ((ModelCamelContext) context).getRouteDefinitions());
        links.check(routes);
        Set<String> chains = routes.stream().filter(route -> BundleFiles.isChain(route.getResource()))
                .flatMap(route -> Links.begin(route).stream()).collect(Collectors.toCollection(TreeSet::new));
        chains.addAll(loader.replaced());
        Set<String> embedders = chains.stream().filter(links::embeds).collect(Collectors.toSet());
        Set<String> chatting = new TreeSet<>(chains);
        chatting.removeAll(embedders);
        List<ConfigProblem> problems = new ArrayList<>(config.checkTargets(chatting));
        problems.addAll(config.checkPrices(links::deployments));
        if (!problems.isEmpty()) {
            throw new ConfigException(BundleFiles.CONFIG, problems);
        }
        bindProcessors(config, links, chains, embedders);
        chains.forEach(chain -> this.chains.put(chain, links.links(chain)));
        routes.stream().filter(route -> BundleFiles.isChain(route.getResource())).forEach(route -> Links.begin(route)
                .ifPresent(chain -> beginsRequests(route, chain, embedders.contains(chain))));
        loader.addPinned(config.deployments().values(), chains).forEach((deployment, route) -> {
            onlyThrow(route);
            beginsRequests(route, deployment.name(), deployment.embeds());
        });
        return loaded;
    }

    /** The requests that are under way. */
    OpenCalls openCalls() {
        return openCalls;
    }

    /** Says what requests would come to; there once it is installed. */
    Explainer explainer() {
        return explainer;
    }

    /** What each chain asks, in order; known once it is installed. */
    Map<String, List<Serving.Link>> chains() {
        return chains;
    }

    private void bindKamelets(CamelbackConfig config) {
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation(files.kameletsBeside(kamelets.getLocation()));
        kamelets.setNoErrorHandler(true);
        Map<String, Properties> properties = kamelets.getRouteProperties() == null
                ? new LinkedHashMap<>() : new LinkedHashMap<>(kamelets.getRouteProperties());
        for (Deployment deployment : config.deployments().values()) {
            properties.put(deployment.name(), kameletProperties(deployment));
            if (TokenCounter.of(deployment).isPresent()) {
                properties.put(TokenCounter.route(deployment), kameletProperties(deployment));
            }
        }
        kamelets.setRouteProperties(properties);
    }

    private static Properties kameletProperties(Deployment deployment) {
        Properties properties = new Properties();
        properties.setProperty("deployment", deployment.name());
        properties.setProperty("baseUrl", deployment.provider().baseUrl());
        properties.setProperty("apiKey", deployment.provider().apiKey() == null ? "" : deployment.provider().apiKey());
        properties.setProperty("connectTimeout", String.valueOf(deployment.timeouts().connect().toMillis()));
        return properties;
    }

    private List<RouteDefinition> loadRoutes(Predicate<Resource> which) throws Exception {
        List<Resource> files = this.files.routes(context).stream().filter(which).toList();
        if (files.isEmpty()) {
            throw new IllegalStateException("There are no route files (*.camel.yaml) in " + this.files.root() + "/routes");
        }
        List<RouteDefinition> routes = loader.load(files);
        routes.forEach(Bundle::onlyThrow);
        return routes;
    }

    /**
     * Chains throw and doors answer. Said for each route and not for the context: there it would also win over the error
     * handling that a door takes from its route configuration, and a host's own routes are none of our business.
     */
    private static void onlyThrow(RouteDefinition route) {
        route.setErrorHandlerFactoryIfNull(new NoErrorHandlerDefinition());
    }

    private void bindProcessors(CamelbackConfig config, Links links, Set<String> chains, Set<String> embedders)
            throws Exception {
        Targets targets = Targets.chatting(config, chains, embedders);
        Targets embedding = Targets.embedding(config, chains, embedders);
        Books books = new Books(accounts, config, revision, vitals.clock());
        Records records = new Records(config, log, books);
        UpstreamClient client = new UpstreamClient(context, config.bounds(), vitals.lookup(), vitals.nanoTime());
        context.addService(client);
        context.getRegistry().bind("camelback-http", client);
        books.budgets().ifPresent(budgets -> budgets.watch(books.book()));
        context.getRegistry().bind("camelback-layers", new Layers(books.book(), books.budgets()));
        LinkWalk walk = new LinkWalk(context, config, ((ModelCamelContext) context).getRouteDefinitions(),
                new LivePulse(config, vitals), vitals.random());
        QuotaGate gate = new QuotaGate(accounts.quotas(vitals.clock()), config);
        Function<Call, Allowance> means = accounts.isDry() ? call -> Allowance.ALL : new Means(gate, books)::of;
        Calls calls = new Calls(scorer(config), config, new Planning(walk, new States(vitals), means), vitals.nanoTime());
        Hops hops = Hops.create();
        TimeShares shares = new TimeShares(config, vitals);
        explainer = new Explainer(targets, calls, shares, books);
        bind("camelback-admit", new Admit(config, vitals, shares, calls, books, gate, hops));
        bind("camelback-enter-layer", new EnterLayer());
        bind("camelback-judge", new Judge(calls, new TaskChains(config.routing(), links::own)));
        Pulse pulse = new LivePulse(config, vitals);
        Balancers.all(vitals.random()).forEach((name, balancer) -> context.getRegistry().bindAsPrototype("camelback-" + name,
                LoadBalancer.class, () -> new Balancing(balancer.get(), pulse, config)));
        bind("camelback-plan", Cascade.plan());
        bind("camelback-planned", Cascade.planned());
        bind("camelback-degraded", new DegradedAnswer(vitals.clock()));
        for (EventShape shape : EventShape.values()) {
            bind(shape.bean(), shape);
        }
        bindDialects(new QualityGate(config, new CheckPool()), config.bounds());
        AnswerMemory memory = new AnswerMemory(config, accounts.answers(vitals.clock()), vitals.clock());
        Patience patience = new Patience(config, links::deployments, records::waiting, vitals);
        bind("camelback-cached", memory.recall());
        Doorkeeper doorkeeper = new Doorkeeper(accounts.keys().orElse(null), config::keysRequired);
        bindDoors(config, records, calls, memory, patience, targets, embedding, doorkeeper, gate, hops);
        bind("camelback-models", new ListModels(config, chains, embedders, vitals.clock().instant().getEpochSecond(), doorkeeper));
        CountTokens count = new CountTokens(model -> targets.resolve(model)
                .flatMap(target -> links.deployments(target).stream().filter(this::askable).findFirst()), doorkeeper, targets,
                hops);
        CountDoor.ALL.forEach(door -> bind("camelback-count-" + door.door().name(), count.read(door)));
        for (TokenCounter counter : TokenCounter.ALL) {
            bind("camelback-count-to-" + counter.dialect().name(), count.send(counter));
            bind("camelback-count-from-" + counter.dialect().name(), count.receive(counter));
        }
        bind("camelback-count-reply", count.reply());
        chat = new Direct(config, targets, new ChatBodies(), records, calls, memory, patience, vitals.clock());
        bind("camelback-enter", chat.enter());
        bind("camelback-leave", chat.leave());
        embed = new Direct(config, embedding, new EmbedBodies(), records, calls, memory, patience, vitals.clock());
        bind("camelback-embed-enter", embed.enter());
        bind("camelback-embed-leave", embed.leave());
        bind("camelback-fail", chat.fail());
    }

    /** The operator's own, if there is one in the registry. */
    private ComplexityScorer scorer(CamelbackConfig config) {
        Map<String, ComplexityScorer> own = context.getRegistry().findByTypeWithName(ComplexityScorer.class);
        if (own.size() > 1) {
            throw new IllegalStateException("There can be one ComplexityScorer, but the registry has " + String.join(" and ",
                    new TreeSet<>(own.keySet())) + ". Keep one of them.");
        }
        return own.isEmpty() ? new FormulaScorer(config.routing()) : own.values().iterator().next();
    }

    private void bindDialects(QualityGate quality, LimitSettings bounds) {
        bindDialect(quality, bounds, new OpenAiDialect(), ToProvider.Addressing.IN_THE_BODY);
        bindDialect(quality, bounds, new AnthropicDialect(), ToProvider.Addressing.IN_THE_BODY);
        bindDialect(quality, bounds, new ResponsesDialect(), ToProvider.Addressing.IN_THE_BODY);
        bindDialect(quality, bounds, new GeminiDialect(), (message, deployment, stream) -> {
            String[] path = GeminiDialect.path(deployment.model(), stream).split("\\?", 2);
            message.setHeader(Exchange.HTTP_PATH, path[0]);
            message.setHeader(Exchange.HTTP_QUERY, path.length > 1 ? path[1] : null);
        });
        for (EmbedDialect dialect : EmbedDialect.all()) {
            bind("camelback-embed-to-" + dialect.name(), new EmbedToProvider(dialect));
            bind("camelback-embed-from-" + dialect.name(), new EmbedFromProvider(dialect, bounds.embeddings()));
        }
    }

    private void bindDoors(CamelbackConfig config, Records records, Calls calls, AnswerMemory memory, Patience patience,
            Targets chatting, Targets embedding, Doorkeeper doorkeeper, QuotaGate gate, Hops hops) {
        HttpReply reply = new HttpReply(config, records, memory, vitals.memory(), vitals.clock());
        Once once = new Once(accounts.replies(vitals.clock()), config, records, vitals.memory(), vitals.clock());
        Doors.ALL.forEach(door -> bind("camelback-accept-" + door.name(),
                new Accept(door, chatting, config, log, vitals, calls, doorkeeper, gate, once, hops, openCalls)));
        bind("camelback-not-kept", new NotKept(doorkeeper));
        bind("camelback-accept-embeddings",
                new Accept(new Entrance.Embeddings(), embedding, config, log, vitals, calls, doorkeeper, gate, once, hops,
                        openCalls));
        bind("camelback-accept-gemini-embeddings",
                new Accept(new Entrance.GeminiEmbeddings(), embedding, config, log, vitals, calls, doorkeeper, gate, once, hops,
                        openCalls));
        bind("camelback-reply", reply);
        bind("camelback-refuse", new RefuseCaller(reply, patience));
    }

    private boolean askable(Deployment deployment) {
        return deployment.usable() && vitals.parking().parked(deployment.name()).isEmpty()
                && vitals.parking().parked(Parking.keyOf(deployment)).isEmpty();
    }

    private void bindDialect(QualityGate quality, LimitSettings bounds, Dialect dialect, ToProvider.Addressing addressing) {
        bind("camelback-to-" + dialect.name(), new ToProvider(dialect, addressing));
        bind("camelback-from-" + dialect.name(), new FromProvider(dialect, quality, bounds, vitals.clock(), context));
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
