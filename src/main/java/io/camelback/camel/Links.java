package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Follows the links of routes when they are loaded. Camel itself finds out at the first request that goes there, and a chain's
 * last link is asked for only when all before it have failed.
 */
final class Links {
    private static final String DIRECT = "direct:";
    private static final String KAMELET = "kamelet:";
    private static final String LINK = "-(chat|responses|embeddings)-action";

    private final CamelbackConfig config;
    private final Set<String> begins;

    /** @param begins the names of all routes that begin with {@code direct:} */
    Links(CamelbackConfig config, Set<String> begins) {
        this.config = config;
        this.begins = begins;
    }

    /** What is wrong with the links of a route: one sentence each, none when all is well. */
    List<String> problems(RouteDefinition route) {
        List<String> problems = new ArrayList<>();
        for (ToDefinition to : sends(route.getOutputs())) {
            problem(to.getEndpointUri()).ifPresent(what -> problems.add("The route " + route.getRouteId() + " " + what));
        }
        return problems;
    }

    private static List<ToDefinition> sends(List<ProcessorDefinition<?>> steps) {
        List<ToDefinition> found = new ArrayList<>();
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof ToDefinition to) {
                found.add(to);
            }
            found.addAll(sends(step.getOutputs()));
            if (step instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
                found.addAll(sends(breaker.getOnFallback().getOutputs()));
            }
        }
        return found;
    }

    private Optional<String> problem(String uri) {
        String target = uri.split("\\?", 2)[0];
        if (target.startsWith(DIRECT)) {
            String name = target.substring(DIRECT.length());
            boolean known = begins.contains(name) || config.deployments().containsKey(name);
            return known ? Optional.empty()
                    : Optional.of("goes on to " + target + ", but no route begins there. Correct the name, or add such a chain.");
        }
        String[] kamelet = target.startsWith(KAMELET) ? target.substring(KAMELET.length()).split("/", 2) : new String[0];
        return kamelet.length == 2 && kamelet[0].matches(".+" + LINK) ? deployment(kamelet[0], kamelet[1]) : Optional.empty();
    }

    private Optional<String> deployment(String kamelet, String name) {
        Optional<Deployment> deployment = config.deployment(name);
        if (deployment.isEmpty()) {
            return Optional.of("asks " + name + ", which " + BundleFiles.CONFIG + " does not have."
                    + " Add it there, or correct the name.");
        }
        String right = deployment.get().kamelet();
        return right.equals(kamelet) ? Optional.empty() : Optional.of("asks " + name + " by " + kamelet + ", but its provider is "
                + "spoken to by " + right + ". Write " + KAMELET + right + "/" + name + ".");
    }
}
