package io.camelback.camel.bundle;

import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.chain.ChainResources;
import io.camelback.camel.chain.ChainTopology;
import io.camelback.camel.chain.CircuitBreakerInterceptor;
import io.camelback.camel.convert.ChatBodyConverter;
import io.camelback.camel.convert.EmbeddingBodyConverter;
import io.camelback.camel.explain.RouteExplainer;
import io.camelback.camel.request.ActiveRequests;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.LoadedConfig;
import io.camelback.config.yaml.ConfigException;
import io.camelback.memory.MemoryBudget;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.ActiveRevision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Resource;

/**
 * Brings the bundle into a Camel context: the configuration, the Kamelets with their properties, the beans that routes
 * name, and the routes themselves. The context must not have been started yet.
 */
public final class BundleInstaller {
    private final ModelCamelContext context;
    private final BundleLocation files;
    private final GatewayRuntime runtime;
    private final RequestLog log;
    private final PersistenceServices accounts;
    private final int revision;
    private final ActiveRequests activeRequests = new ActiveRequests();
    private final Map<String, List<ActiveRevision.Link>> chains = new LinkedHashMap<>();
    private RouteExplainer explainer;

    /** @param revision the number of the configuration's version, from 1 */
    public BundleInstaller(
            CamelContext context,
            BundleLocation files,
            GatewayRuntime runtime,
            RequestLog log,
            PersistenceServices accounts,
            int revision) {
        this.context = (ModelCamelContext) context;
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
        BeanRegistrar beans = new BeanRegistrar(context.getRegistry());
        prepareContext(config, beans);
        BundleRouteLoader loader = new BundleRouteLoader(context);
        List<RouteDefinition> routes = loadRoutes(loader, which);
        ChainTopology topology = new ChainTopology(config, context.getRouteDefinitions());
        topology.check(routes);
        ChainCatalog catalog = ChainCatalog.of(topology, routes, loader.replaced());
        catalog.check(config);
        DirectEndpointBeans direct = bind(beans, config, catalog);
        catalog.names().forEach(chain -> chains.put(chain, topology.links(chain)));
        routes.stream()
                .filter(route -> ChainResources.isChain(route.getResource()))
                .forEach(route -> ChainTopology.begin(route)
                        .ifPresent(chain -> direct.beginRequests(
                                route, chain, catalog.embedding().contains(chain))));
        loader.addPinned(config.deployments().values(), catalog.names()).forEach((deployment, route) -> {
            onlyThrow(route);
            direct.beginRequests(route, deployment.name(), deployment.embeds());
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

    /** What must be there before routes are loaded. */
    private void prepareContext(CamelbackConfig config, BeanRegistrar beans) {
        KameletSettings.apply(context, files, config);
        ChainBeans.bindBreakers(beans, config, runtime);
        context.getPropertiesComponent().addPropertiesSource(new RoutingPropertiesSource(config.routing()));
        context.getCamelContextExtension().addInterceptStrategy(new CircuitBreakerInterceptor());
        context.addModelLifecycleStrategy(
                new StreamCachingDisabler(config.deployments().keySet()));
        ChatBodyConverter.register(context);
        EmbeddingBodyConverter.register(context);
    }

    private List<RouteDefinition> loadRoutes(BundleRouteLoader loader, Predicate<Resource> which) throws Exception {
        List<Resource> resources = files.routes(context).stream().filter(which).toList();
        if (resources.isEmpty()) {
            throw new IllegalStateException("There are no route files (*.camel.yaml) in " + files.root() + "/routes");
        }
        List<RouteDefinition> routes = loader.load(resources);
        routes.forEach(BundleInstaller::onlyThrow);
        return routes;
    }

    /**
     * Chains throw, and endpoints write errors. Set on each route and not on the context: there it would also win over
     * the error handling that an endpoint takes from its route configuration, and would change a host's own routes.
     */
    private static void onlyThrow(RouteDefinition route) {
        route.setErrorHandlerFactoryIfNull(new NoErrorHandlerDefinition());
    }

    /** Binds what routes and Kamelets name. */
    private DirectEndpointBeans bind(BeanRegistrar beans, CamelbackConfig config, ChainCatalog catalog)
            throws Exception {
        RequestServices services = RequestServices.create(context, config, catalog, runtime, log, accounts, revision);
        accounts.budgets().ifPresent(budgets -> budgets.watch(services.policy()));
        explainer = new RouteExplainer(
                catalog.chatModels(config),
                catalog.callerFallbacks(config),
                services.contexts(),
                services.deadlines(),
                services.budgets());
        ChainBeans.bind(beans, config, catalog, services, accounts.budgets(), runtime);
        new KameletBeans(context, beans, config, runtime).bind(services);
        new HttpEndpointBeans(beans, config, catalog, services, runtime, accounts).bind(log, accounts, activeRequests);
        DirectEndpointBeans direct = new DirectEndpointBeans(config, catalog, services, runtime);
        direct.bind(beans);
        for (WebhookFormatProcessor format : WebhookFormatProcessor.values()) {
            beans.bind(format.bean(), format);
        }
        return direct;
    }
}
