package io.camelback.loadbalancer;

import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.pricing.ModelPrice;
import io.camelback.tokens.TokenEstimate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** The strategies by the names that routes use: {@code camelback-<name>}. Each use has one of its own. */
public final class LoadBalancingStrategies {
    /** What an answer is taken to be long, in tokens, where the caller sets no limit. */
    private static final int USUAL_ANSWER = 1_000;
    /** What waiting behind one running call of an unknown deployment is taken to cost: more than any answer takes. */
    private static final double UNKNOWN = 1e15;

    private LoadBalancingStrategies() {}

    /** @param random chance, for ties and for the power of two choices */
    public static Map<String, Supplier<LoadBalancingStrategy>> all(RandomGenerator random) {
        Map<String, Supplier<LoadBalancingStrategy>> all = new LinkedHashMap<>();
        all.put("ordered", () -> (request, links, metrics) -> links);
        all.put("round-robin", RoundRobin::new);
        all.put("weighted", Weighted::new);
        all.put(
                "least-in-flight",
                () -> (request, links, metrics) ->
                        sorted(shuffled(links, random), link -> metrics.inFlight(link.name())));
        all.put(
                "lowest-latency",
                () -> (request, links, metrics) -> sorted(shuffled(links, random), link -> load(link, metrics)));
        all.put("cheapest", () -> (request, links, metrics) -> cheapest(request, links));
        all.put("power-of-two", () -> (request, links, metrics) -> powerOfTwo(links, metrics, random));
        all.put("sticky", () -> LoadBalancingStrategies::sticky);
        all.replaceAll((name, made) -> () -> availableFirst(made.get()));
        return Collections.unmodifiableMap(all);
    }

    /** Those that would only be skipped come last, in the same order. */
    private static LoadBalancingStrategy availableFirst(LoadBalancingStrategy balancer) {
        return (request, links, metrics) ->
                sorted(balancer.order(request, links, metrics), link -> metrics.isAvailable(link.name()) ? 0 : 1);
    }

    /**
     * What is expected to be waited for: the time to the first token, times all that stand in line (peak EWMA, as
     * Finagle's).
     */
    private static double load(Deployment link, LoadMetrics metrics) {
        double wait = metrics.firstToken(link.name()).toNanos();
        int inFlight = metrics.inFlight(link.name());
        return wait == 0 && inFlight > 0 ? UNKNOWN + inFlight : wait * (inFlight + 1);
    }

    private static List<Deployment> shuffled(List<Deployment> links, RandomGenerator random) {
        List<Deployment> shuffled = new ArrayList<>(links);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }

    /** Stable; each value is asked for once, since it may change meanwhile. */
    private static List<Deployment> sorted(List<Deployment> links, ToDoubleFunction<Deployment> value) {
        Map<String, Double> values = new HashMap<>();
        links.forEach(link -> values.put(link.name(), value.applyAsDouble(link)));
        List<Deployment> sorted = new ArrayList<>(links);
        sorted.sort(Comparator.comparingDouble(link -> values.get(link.name())));
        return sorted;
    }

    private static List<Deployment> powerOfTwo(List<Deployment> links, LoadMetrics metrics, RandomGenerator random) {
        List<Deployment> order = shuffled(links, random);
        if (order.size() > 1 && load(order.get(1), metrics) < load(order.get(0), metrics)) {
            Collections.swap(order, 0, 1);
        }
        return order;
    }

    private static List<Deployment> cheapest(ChatRequest request, List<Deployment> links) {
        long input = request == null ? 1 : TokenEstimate.of(request);
        long output =
                request == null ? 0 : request.maxOutputTokens() == null ? USUAL_ANSWER : request.maxOutputTokens();
        Function<Deployment, BigInteger> cost = link -> cost(link.price(), input, output);
        List<Deployment> sorted = new ArrayList<>(links);
        sorted.sort(Comparator.comparing(cost, Comparator.nullsLast(Comparator.naturalOrder())));
        return sorted;
    }

    /** In micro-dollars for a million such requests; null when the price is not known. */
    private static BigInteger cost(ModelPrice price, long input, long output) {
        if (price.input() == null || output > 0 && price.output() == null) {
            return null;
        }
        BigInteger read = BigInteger.valueOf(price.input()).multiply(BigInteger.valueOf(input));
        return output == 0 ? read : read.add(BigInteger.valueOf(price.output()).multiply(BigInteger.valueOf(output)));
    }

    /**
     * Rendezvous hashing: a conversation stays with its deployment as long as that is willing, so that the provider's
     * prompt cache stays warm; when it is not, only its own conversations move, and they come back to it.
     */
    private static List<Deployment> sticky(ChatRequest request, List<Deployment> links, LoadMetrics metrics) {
        long key = request == null ? 0 : ConversationKey.key(request);
        List<Deployment> order = new ArrayList<>(links);
        order.sort(Comparator.comparingLong(
                        (Deployment link) -> ConversationKey.mixed(ConversationKey.hash(key, link.name())))
                .reversed());
        return order;
    }

    private static final class RoundRobin implements LoadBalancingStrategy {
        private final AtomicInteger turn = new AtomicInteger();

        @Override
        public List<Deployment> order(ChatRequest request, List<Deployment> links, LoadMetrics metrics) {
            List<Deployment> order = new ArrayList<>(links);
            Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), links.size()));
            return order;
        }
    }

    /**
     * Smooth weighted round robin, as nginx does it: of weights 5 and 1, the second comes in the middle of the five.
     */
    private static final class Weighted implements LoadBalancingStrategy {
        private final Map<String, Long> credit = new HashMap<>();

        @Override
        public synchronized List<Deployment> order(ChatRequest request, List<Deployment> links, LoadMetrics metrics) {
            long sum = 0;
            for (Deployment link : links) {
                credit.merge(link.name(), (long) link.weight(), Long::sum);
                sum += link.weight();
            }
            List<Deployment> order = new ArrayList<>(links);
            order.sort(Comparator.comparingLong((Deployment link) -> credit.get(link.name()))
                    .reversed());
            Deployment first = order.stream()
                    .filter(link -> metrics.isAvailable(link.name()))
                    .findFirst()
                    .orElse(order.get(0));
            credit.merge(first.name(), -sum, Long::sum);
            return order;
        }
    }
}
