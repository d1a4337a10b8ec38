package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.CamelbackConfigReader;
import io.camelback.config.ConfigException;
import io.camelback.config.ConfigProblem;
import io.camelback.config.Deployment;
import io.camelback.config.Loaded;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.anthropic.AnthropicDialect;
import io.camelback.dialect.gemini.GeminiDialect;
import io.camelback.dialect.openai.OpenAiDialect;
import io.camelback.dialect.responses.ResponsesDialect;
import io.camelback.observe.RequestLog;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Targets;
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
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Brings the bundle into a Camel context: the configuration, the Kamelets with their properties, the breakers, the processors
 * that routes name, and the routes themselves. The context must not have been started yet.
 */
final class Bundle {
    private final CamelContext context;
    private final BundleFiles files;
    private final Vitals vitals;
    private final RequestLog log;

    Bundle(CamelContext context, BundleFiles files, Vitals vitals, RequestLog log) {
        this.context = context;
        this.files = files;
        this.vitals = vitals;
        this.log = log;
    }

    /**
     * @param environment where {@code {{env:NAME}}} and the providers' variables are looked up
     * @param which       the route files to load
     * @return the configuration in force, and what the operator should know of it
     * @throws ConfigException with every problem of the configuration
     */
    Loaded install(Function<String, String> environment, Predicate<Resource> which) throws Exception {
        Loaded loaded = CamelbackConfigReader.read(files.config(context), BundleFiles.CONFIG, environment);
        CamelbackConfig config = loaded.config();
        bindKamelets(config);
        for (Deployment deployment : config.deployments().values()) {
            context.getRegistry().bind(deployment.name(), LateVerdict.of(vitals.breakers().of(deployment)));
        }
        context.getCamelContextExtension().addInterceptStrategy(new OpenBreakers());
        ((ModelCamelContext) context).addModelLifecycleStrategy(new LiveStreams(config.deployments().keySet()));
        ChatBodies.register(context);
        List<RouteDefinition> routes = loadRoutes(which);
        checkLinks(routes, config);
        Set<String> chains = begins(routes.stream().filter(route -> BundleFiles.isChain(route.getResource())));
        List<ConfigProblem> problems = config.checkTargets(chains);
        if (!problems.isEmpty()) {
            throw new ConfigException(BundleFiles.CONFIG, problems);
        }
        bindProcessors(config, chains);
        addPinnedRoutes(config, chains);
        return loaded;
    }

    private void bindKamelets(CamelbackConfig config) {
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation(files.kamelets());
        kamelets.setNoErrorHandler(true);
        Map<String, Properties> properties = kamelets.getRouteProperties() == null
                ? new LinkedHashMap<>() : new LinkedHashMap<>(kamelets.getRouteProperties());
        for (Deployment deployment : config.deployments().values()) {
            properties.put(deployment.name(), kameletProperties(deployment));
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
        PluginHelper.getRoutesLoader(context).loadRoutes(files);
        Set<String> ours = files.stream().map(Resource::getLocation).collect(Collectors.toSet());
        List<RouteDefinition> routes = ((ModelCamelContext) context).getRouteDefinitions().stream()
                .filter(route -> route.getResource() != null && ours.contains(route.getResource().getLocation())).toList();
        routes.forEach(Bundle::onlyThrow);
        return routes;
    }

    /** The names by which routes can be called. */
    private static Set<String> begins(Stream<RouteDefinition> routes) {
        return routes.map(route -> route.getInput().getEndpointUri().split("\\?", 2)[0]).filter(uri -> uri.startsWith("direct:"))
                .map(uri -> uri.substring("direct:".length())).collect(Collectors.toCollection(TreeSet::new));
    }

    private void checkLinks(List<RouteDefinition> routes, CamelbackConfig config) {
        Links links = new Links(config, begins(((ModelCamelContext) context).getRouteDefinitions().stream()));
        String problems = routes.stream().flatMap(route -> links.problems(route).stream()
                .map(problem -> route.getResource().getLocation() + ": " + problem)).collect(Collectors.joining("\n"));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems);
        }
    }

    /**
     * Chains throw and doors answer. Said for each route and not for the context: there it would also win over the error
     * handling that a door takes from its route configuration, and a host's own routes are none of our business.
     */
    private static void onlyThrow(RouteDefinition route) {
        route.setErrorHandlerFactoryIfNull(new NoErrorHandlerDefinition());
    }

    private void bindProcessors(CamelbackConfig config, Set<String> chains) {
        Targets targets = new Targets(config, chains);
        Registry registry = context.getRegistry();
        registry.bind("camelback-http", new UpstreamClient());
        bind("camelback-admit", new Admit(config, vitals));
        bindDialect(new OpenAiDialect(), ToProvider.Addressing.IN_THE_BODY);
        bindDialect(new AnthropicDialect(), ToProvider.Addressing.IN_THE_BODY);
        bindDialect(new ResponsesDialect(), ToProvider.Addressing.IN_THE_BODY);
        bindDialect(new GeminiDialect(), (message, deployment, stream) -> {
            String[] path = GeminiDialect.path(deployment.model(), stream).split("\\?", 2);
            message.setHeader(Exchange.HTTP_PATH, path[0]);
            message.setHeader(Exchange.HTTP_QUERY, path.length > 1 ? path[1] : null);
        });
        bind("camelback-degraded", new DegradedAnswer(vitals.clock()));
        HttpReply reply = new HttpReply(config, log, vitals.clock());
        Doors.ALL.forEach(door -> bind("camelback-accept-" + door.name(), new AcceptChat(door, targets, vitals.nanoTime())));
        bind("camelback-reply", reply);
        bind("camelback-refuse", new RefuseCaller(reply));
        bind("camelback-models", new ListModels(config, chains, vitals.clock().instant().getEpochSecond()));
        bind("camelback-count-tokens", new CountTokens());
        DirectChat direct = new DirectChat(targets, vitals);
        bind("camelback-enter", direct.enter());
        bind("camelback-leave", direct.leave());
        bind("camelback-fail", direct.fail());
    }

    private void bindDialect(Dialect dialect, ToProvider.Addressing addressing) {
        bind("camelback-to-" + dialect.name(), new ToProvider(dialect, addressing));
        bind("camelback-from-" + dialect.name(), new FromProvider(dialect, vitals.clock()));
    }

    private void bind(String name, Processor processor) {
        context.getRegistry().bind(name, Processor.class, processor);
    }

    /** A deployment can be asked for by its own name, unless a chain has that name. */
    private void addPinnedRoutes(CamelbackConfig config, Set<String> chains) throws Exception {
        ModelCamelContext model = (ModelCamelContext) context;
        if (model.getRouteTemplateDefinition("pinned") == null) {
            return;
        }
        for (Deployment deployment : config.deployments().values()) {
            if (!chains.contains(deployment.name())) {
                onlyThrow(model.getRouteDefinition(model.addRouteFromTemplate("pinned-" + deployment.name(), "pinned",
                        Map.of("deployment", deployment.name(), "action", deployment.kamelet()))));
            }
        }
    }
}
