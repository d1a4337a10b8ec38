package io.camelback.camel.bundle;

import io.camelback.camel.chain.ChainResources;
import io.camelback.camel.chain.ChainTopology;
import io.camelback.config.Deployment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the bundle's routes into a context that may have routes of its own. Where both begin at the same
 * {@code direct:} name, the application's route stays and the bundle's is left out: that is how an application replaces
 * a chain. Where only the id is taken, the bundle's route gets another one. Camel itself would remove the application's
 * route without a word.
 */
final class BundleRouteLoader {
    private static final Logger LOG = LoggerFactory.getLogger(BundleRouteLoader.class);
    private static final String PREFIX = "camelback-";
    /** The template of the routes that ask one deployment. */
    private static final String PINNED = "pinned";

    private final ModelCamelContext context;
    private final Map<String, RouteDefinition> begins = new HashMap<>();
    private final Map<String, RouteDefinition> ids = new HashMap<>();
    private final Set<String> replaced = new TreeSet<>();

    BundleRouteLoader(ModelCamelContext context) {
        this.context = context;
        for (RouteDefinition route : context.getRouteDefinitions()) {
            ChainTopology.begin(route).ifPresent(name -> begins.put(name, route));
            if (route.getRouteId() != null) {
                ids.put(route.getRouteId(), route);
            }
        }
    }

    /** @return the routes of these files that are in the context now */
    List<RouteDefinition> load(List<Resource> files) throws Exception {
        Map<RoutesBuilder, Resource> builders = new LinkedHashMap<>();
        for (Resource file : files) {
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(file)) {
                builders.put(builder, file);
            }
        }
        for (RoutesBuilder builder : builders.keySet()) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                context.addRoutesConfigurations(configurations);
            }
        }
        List<RouteDefinition> before = List.copyOf(context.getRouteDefinitions());
        for (Map.Entry<RoutesBuilder, Resource> builder : builders.entrySet()) {
            if (builder.getKey() instanceof RouteBuilder routes) {
                giveWay(routes.configureRoutes(context).getRoutes(), builder.getValue());
            }
            context.addRoutes(builder.getKey());
        }
        List<RouteDefinition> loaded = new ArrayList<>(context.getRouteDefinitions());
        loaded.removeAll(before);
        return loaded;
    }

    /**
     * Lets each deployment be asked for by its own name, unless a chain or a route of the application has that name.
     */
    Map<Deployment, RouteDefinition> addPinned(Collection<Deployment> deployments, Set<String> chains)
            throws Exception {
        Map<Deployment, RouteDefinition> pinned = new LinkedHashMap<>();
        for (Deployment deployment :
                context.getRouteTemplateDefinition(PINNED) == null ? List.<Deployment>of() : deployments) {
            String name = deployment.name();
            String id = PINNED + "-" + name;
            if (!chains.contains(name) && !isTaken(name, id, "one of each deployment")) {
                pinned.put(
                        deployment,
                        context.getRouteDefinition(context.addRouteFromTemplate(
                                id, PINNED, Map.of("deployment", name, "action", deployment.kamelet()))));
            }
        }
        return pinned;
    }

    private void giveWay(List<RouteDefinition> ours, Resource file) {
        ours.removeIf(route -> ChainTopology.begin(route)
                .filter(name -> isTaken(name, route.getRouteId(), file.getLocation()))
                .map(name -> {
                    if (ChainResources.isChain(file)) {
                        replaced.add(name);
                    }
                    return true;
                })
                .orElse(false));
        for (RouteDefinition route : ours) {
            RouteDefinition other = ids.get(route.getRouteId());
            if (other != null) {
                LOG.info(
                        "The application has a route with the id {} ({}): Camelback's of that id ({}) is called {}{} here",
                        route.getRouteId(),
                        place(other),
                        file.getLocation(),
                        PREFIX,
                        route.getRouteId());
                route.setId(PREFIX + route.getRouteId());
            }
        }
    }

    /** Whether a route of the application begins there; if so, the log says that ours is left out. */
    private boolean isTaken(String name, String ours, String location) {
        RouteDefinition other = begins.get(name);
        if (other != null) {
            LOG.info(
                    "The application's route {} ({}) begins at direct:{}: Camelback's route {} ({}) is left out",
                    other.getRouteId(),
                    place(other),
                    name,
                    ours,
                    location);
        }
        return other != null;
    }

    private static String place(RouteDefinition route) {
        return route.getResource() == null ? "Java" : route.getResource().getLocation();
    }

    /** The chains of the bundle that the application has replaced by routes of its own. */
    Set<String> replaced() {
        return replaced;
    }
}
