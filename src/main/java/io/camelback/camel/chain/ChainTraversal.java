package io.camelback.camel.chain;

import io.camelback.camel.request.RequestContext;
import io.camelback.config.Deployment;
import io.camelback.loadbalancer.LoadBalancingStrategies;
import io.camelback.loadbalancer.LoadBalancingStrategy;
import io.camelback.loadbalancer.LoadMetrics;
import io.camelback.routing.graph.RouteGraph;
import io.camelback.routing.graph.StepTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.loadbalancer.CustomLoadBalancerDefinition;
import org.apache.camel.support.DefaultExchange;

/**
 * Goes through a chain's routes like a request whose deployments all fail, and calls none of them: it follows breakers
 * and their fallbacks, the branch that a {@code choice} takes for this request, and the order that a balancer gives
 * now. Steps whose effect only a running request could show are taken to do nothing.
 */
public final class ChainTraversal {
    private static final String CLASSIFY = "camelback-classify";

    private final CamelContext context;
    private final RouteGraph<CamelRoute, CamelStep> graph;
    private final LoadMetrics metrics;
    private final RandomGenerator random;
    private final Map<String, Predicate> predicates = new ConcurrentHashMap<>();
    private final Map<String, Expression> expressions = new ConcurrentHashMap<>();
    private final Map<String, List<Link>> fixed = new ConcurrentHashMap<>();

    /**
     * A step that answers.
     *
     * @param deployment null for a fixed answer
     * @param layer the route it stands in
     * @param balancer what puts it into its place; null where the route does
     */
    record Link(Deployment deployment, String layer, String balancer) {}

    /** Where the traversal is. */
    private record Place(
            Exchange exchange, List<String> path, String balancer, List<Link> found, AtomicBoolean varies) {
        Place in(String route) {
            List<String> longer = new ArrayList<>(path);
            longer.add(route);
            return new Place(exchange, longer, null, found, varies);
        }

        Place balanced(String name, List<Link> into) {
            return new Place(exchange, path, name, into, varies);
        }

        /** From here on it is another way for another request or at another time. */
        Place varying() {
            varies.set(true);
            return this;
        }

        String layer() {
            return path.isEmpty() ? null : path.get(path.size() - 1);
        }
    }

    public ChainTraversal(CamelContext context, ChainTopology topology, LoadMetrics metrics, RandomGenerator random) {
        this.context = context;
        this.graph = topology.graph();
        this.metrics = metrics;
        this.random = random;
    }

    /** Whom a call's chain asks, in order, were it to begin now; none when it has no chain. */
    List<Link> of(RequestContext requestContext) {
        return requestContext.chain() == null ? List.of() : of(requestContext, requestContext.chain());
    }

    /** The same of one chain or deployment. */
    List<Link> of(RequestContext requestContext, String chain) {
        List<Link> known = fixed.get(chain);
        return known != null ? known : traverse(requestContext, chain);
    }

    private List<Link> traverse(RequestContext requestContext, String chain) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setVariable(RequestContext.VARIABLE, requestContext);
        exchange.getMessage()
                .setBody(
                        requestContext.effectiveRequest() == null
                                ? requestContext.embedding()
                                : requestContext.effectiveRequest());
        List<Link> found = new ArrayList<>();
        AtomicBoolean varies = new AtomicBoolean();
        go(StepTarget.of(StepTarget.DIRECT + chain), new Place(exchange, List.of(), null, found, varies));
        if (!varies.get()) {
            fixed.put(chain, List.copyOf(found));
        }
        return found;
    }

    private void go(StepTarget target, Place place) {
        Optional<CamelRoute> next = target.isDirect() ? graph.route(target.name()) : Optional.empty();
        if (next.isPresent()) {
            if (!place.path().contains(target.name())) {
                visit(next.get().steps(), place.in(target.name()));
            }
        } else if (target.isStaticAnswer()) {
            place.found().add(new Link(null, place.layer(), null));
        } else {
            graph.deployment(target)
                    .ifPresent(deployment -> place.found().add(new Link(deployment, place.layer(), place.balancer())));
        }
    }

    private void visit(List<CamelStep> steps, Place place) {
        steps.forEach(step -> step(step, place));
    }

    private void step(CamelStep step, Place place) {
        ProcessorDefinition<?> definition = step.definition();
        if (step.target().kind() != StepTarget.Kind.NONE) {
            go(step.target(), place);
        } else if (definition instanceof ToDynamicDefinition to) {
            go(StepTarget.of(value("simple", to.getUri(), place.varying())), place);
        } else if (definition instanceof ChoiceDefinition choice) {
            choose(choice, place.varying());
        } else if (definition instanceof FilterDefinition filter) {
            if (holds(filter.getExpression(), place.varying())) {
                visit(CamelStep.of(filter.getOutputs()), place);
            }
        } else if (definition instanceof LoadBalanceDefinition balanced) {
            balance(balanced, place.varying());
        } else if (definition instanceof SetVariableDefinition variable && variable.getExpression() != null) {
            place.exchange().setVariable(variable.getName(), value(variable.getExpression(), place));
        } else if (definition instanceof ProcessDefinition process) {
            classify(process, place);
        } else {
            step.below().forEach(steps -> visit(steps, place));
        }
    }

    private void choose(ChoiceDefinition choice, Place place) {
        for (WhenDefinition when : choice.getWhenClauses()) {
            if (holds(when.getExpression(), place)) {
                visit(CamelStep.of(when.getOutputs()), place);
                return;
            }
        }
        if (choice.getOtherwise() != null) {
            visit(CamelStep.of(choice.getOtherwise().getOutputs()), place);
        }
    }

    private void balance(LoadBalanceDefinition balanced, Place place) {
        String ref =
                balanced.getLoadBalancerType() instanceof CustomLoadBalancerDefinition custom ? custom.getRef() : null;
        String name = ref == null ? "ordered" : ref.replaceFirst("^camelback-", "");
        Map<Deployment, List<Link>> links = new LinkedHashMap<>();
        List<Link> rest = new ArrayList<>();
        for (ProcessorDefinition<?> child : balanced.getOutputs()) {
            List<Link> behind = new ArrayList<>();
            step(new CamelStep(child), place.balanced(name, behind));
            boolean link = child instanceof CircuitBreakerDefinition
                    && !behind.isEmpty()
                    && behind.get(0).deployment() != null
                    && links.putIfAbsent(behind.get(0).deployment(), behind) == null;
            if (!link) {
                rest.addAll(behind);
            }
        }
        if (!links.isEmpty()) {
            LoadBalancingStrategy balancer = LoadBalancingStrategies.all(random)
                    .getOrDefault(name, () -> (request, all, how) -> all)
                    .get();
            balancer.order(RequestContext.of(place.exchange()).effectiveRequest(), List.copyOf(links.keySet()), metrics)
                    .forEach(deployment -> place.found().addAll(links.get(deployment)));
        }
        place.found().addAll(rest);
    }

    /** The one processor of which a route's choice may depend, and which asks nobody. */
    private void classify(ProcessDefinition process, Place place) {
        if (CLASSIFY.equals(process.getRef())) {
            try {
                context.getRegistry()
                        .lookupByNameAndType(CLASSIFY, Processor.class)
                        .process(place.exchange());
            } catch (Exception e) {
                throw new IllegalStateException("The request could not be classified", e);
            }
        }
    }

    private boolean holds(ExpressionDefinition said, Place place) {
        Predicate predicate = predicates.computeIfAbsent(
                said.getLanguage() + " " + said.getExpression(),
                key -> initialised(
                        context.resolveLanguage(said.getLanguage()).createPredicate(filled(said.getExpression()))));
        return predicate.matches(place.exchange());
    }

    private Predicate initialised(Predicate predicate) {
        predicate.init(context);
        return predicate;
    }

    private Object value(ExpressionDefinition said, Place place) {
        return value(said.getLanguage(), said.getExpression(), place);
    }

    private String value(String language, String text, Place place) {
        Expression expression = expressions.computeIfAbsent(language + " " + text, key -> {
            Expression made = context.resolveLanguage(language).createExpression(filled(text));
            made.init(context);
            return made;
        });
        return expression.evaluate(place.exchange(), String.class);
    }

    private String filled(String text) {
        return context.resolvePropertyPlaceholders(text);
    }
}
