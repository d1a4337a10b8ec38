package io.camelback.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.resilience.DeploymentStats;
import io.camelback.resilience.DeploymentStatsRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadBalancingStrategiesTest {
    private static final List<Deployment> ABC = deployments("""
            deployments:
              a: { provider: openai, model: m, price: { input: 2, output: 1 }, weight: 5 }
              b: { provider: openai, model: m, price: { input: 1, output: 10 } }
              c: { provider: openai, model: m, price: { input: 3, output: 3 } }
            """);

    private final Random random = new Random(7);
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Duration> firstToken = new HashMap<>();
    private final Set<String> unwilling = new HashSet<>();
    private final LoadMetrics metrics = new LoadMetrics() {
        @Override
        public int inFlight(String deployment) {
            return inFlight.getOrDefault(deployment, 0);
        }

        @Override
        public Duration firstToken(String deployment) {
            return firstToken.getOrDefault(deployment, Duration.ZERO);
        }

        @Override
        public boolean isAvailable(String deployment) {
            return !unwilling.contains(deployment);
        }
    };

    private static List<Deployment> deployments(String yaml) {
        return List.copyOf(
                CamelbackConfigReader.read(yaml, "config", name -> name.equals("OPENAI_API_KEY") ? "k" : null)
                        .config()
                        .deployments()
                        .values());
    }

    private LoadBalancingStrategy balancer(String name) {
        return LoadBalancingStrategies.all(random).get(name).get();
    }

    private List<String> order(LoadBalancingStrategy balancer, ChatRequest request) {
        return balancer.order(request, ABC, metrics).stream()
                .map(Deployment::name)
                .toList();
    }

    private String first(LoadBalancingStrategy balancer) {
        return order(balancer, ChatRequest.of("pool", "hi")).get(0);
    }

    private Map<String, Long> firsts(LoadBalancingStrategy balancer, int requests) {
        Map<String, Long> counts = new HashMap<>();
        IntStream.range(0, requests).forEach(i -> counts.merge(first(balancer), 1L, Long::sum));
        return counts;
    }

    static Stream<String> names() {
        return LoadBalancingStrategies.all(new Random()).keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void every_balancer_gives_each_link_once_and_the_unwilling_last(String name) {
        LoadBalancingStrategy balancer = balancer(name);
        unwilling.add("a");
        for (int i = 0; i < 20; i++) {
            List<String> order = order(balancer, ChatRequest.of("pool", "request " + i));
            assertThat(order).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(order.get(2)).isEqualTo("a");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void every_balancer_orders_vectors_too(String name) {
        assertThat(order(balancer(name), null)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void ordered_keeps_the_order_of_the_file() {
        assertThat(order(balancer("ordered"), null)).containsExactly("a", "b", "c");
    }

    @Test
    void round_robin_takes_turns() {
        LoadBalancingStrategy balancer = balancer("round-robin");
        assertThat(order(balancer, null)).containsExactly("a", "b", "c");
        assertThat(order(balancer, null)).containsExactly("b", "c", "a");
        assertThat(order(balancer, null)).containsExactly("c", "a", "b");
        assertThat(order(balancer, null)).containsExactly("a", "b", "c");
    }

    @Test
    void weighted_shares_by_weight_and_spreads_the_small_ones() {
        LoadBalancingStrategy balancer = balancer("weighted");
        assertThat(Stream.generate(() -> first(balancer)).limit(7)).containsExactly("a", "a", "b", "a", "c", "a", "a");
        assertThat(firsts(balancer, 700))
                .containsEntry("a", 500L)
                .containsEntry("b", 100L)
                .containsEntry("c", 100L);
    }

    @Test
    void weighted_gives_the_share_of_an_unwilling_one_to_the_others() {
        unwilling.add("a");
        assertThat(firsts(balancer("weighted"), 100)).containsEntry("b", 50L).containsEntry("c", 50L);
    }

    @Test
    void least_in_flight_takes_the_idlest_and_any_of_equals() {
        inFlight.putAll(Map.of("a", 3, "b", 1, "c", 2));
        assertThat(order(balancer("least-in-flight"), null)).containsExactly("b", "c", "a");
        inFlight.clear();
        assertThat(firsts(balancer("least-in-flight"), 300).values()).allMatch(count -> count > 60);
    }

    @Test
    void lowest_latency_weighs_the_wait_by_those_who_wait_already() {
        firstToken.putAll(
                Map.of("a", Duration.ofMillis(100), "b", Duration.ofMillis(150), "c", Duration.ofMillis(900)));
        assertThat(order(balancer("lowest-latency"), null)).containsExactly("a", "b", "c");
        inFlight.put("a", 1);
        assertThat(order(balancer("lowest-latency"), null)).containsExactly("b", "a", "c");
    }

    @Test
    void an_unknown_one_is_tried_but_not_by_all_at_once() {
        firstToken.putAll(Map.of("a", Duration.ofMillis(100), "b", Duration.ofMillis(150)));
        assertThat(first(balancer("lowest-latency"))).isEqualTo("c");
        inFlight.put("c", 1);
        assertThat(order(balancer("lowest-latency"), null)).containsExactly("a", "b", "c");
    }

    @Test
    void cheapest_depends_on_the_request() {
        ChatRequest longQuestion = ChatRequest.builder("pool")
                .message(Message.user("word ".repeat(20_000)))
                .maxOutputTokens(10)
                .build();
        ChatRequest longAnswer = ChatRequest.builder("pool")
                .message(Message.user("hi"))
                .maxOutputTokens(20_000)
                .build();
        assertThat(order(balancer("cheapest"), longQuestion)).containsExactly("b", "a", "c");
        assertThat(order(balancer("cheapest"), longAnswer)).containsExactly("a", "c", "b");
    }

    @Test
    void an_unknown_price_is_the_dearest() {
        List<Deployment> links = deployments("""
                deployments:
                  a: { provider: openai, model: m }
                  b: { provider: openai, model: m, price: { input: 1000, output: 1000 } }
                """);
        assertThat(balancer("cheapest").order(ChatRequest.of("pool", "hi"), links, metrics))
                .extracting(Deployment::name)
                .containsExactly("b", "a");
    }

    @Test
    void power_of_two_takes_the_better_of_two_at_random() {
        firstToken.putAll(
                Map.of("a", Duration.ofMillis(100), "b", Duration.ofMillis(200), "c", Duration.ofMillis(300)));
        Map<String, Long> firsts = firsts(balancer("power-of-two"), 3_000);
        assertThat(firsts.get("a")).isBetween(1_850L, 2_150L);
        assertThat(firsts.get("b")).isBetween(850L, 1_150L);
        assertThat(firsts).doesNotContainKey("c");
    }

    @Test
    void sticky_keeps_every_conversation_on_one_deployment_until_it_fails() {
        LoadBalancingStrategy balancer = balancer("sticky");
        Map<Integer, String> home = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            home.put(i, order(balancer, turns(i, 1)).get(0));
        }
        assertThat(home.values().stream().distinct()).hasSize(3);
        for (int i = 0; i < 300; i++) {
            assertThat(order(balancer, turns(i, 5)).get(0)).isEqualTo(home.get(i));
        }

        unwilling.add("b");
        for (int i = 0; i < 300; i++) {
            String now = order(balancer, turns(i, 6)).get(0);
            if (home.get(i).equals("b")) {
                assertThat(now).isNotEqualTo("b");
            } else {
                assertThat(now).as("a conversation that was not on b").isEqualTo(home.get(i));
            }
        }

        unwilling.clear();
        for (int i = 0; i < 300; i++) {
            assertThat(order(balancer, turns(i, 7)).get(0)).as("back home").isEqualTo(home.get(i));
        }
    }

    @Test
    void sticky_goes_by_the_session_where_one_is_named() {
        Set<String> homes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            ChatRequest request = ChatRequest.builder("pool")
                    .message(Message.user("turn " + i))
                    .build()
                    .hinted(Map.of("session_id", "s-42"));
            homes.add(order(balancer("sticky"), request).get(0));
        }
        assertThat(homes).hasSize(1);
    }

    private static ChatRequest turns(int conversation, int turns) {
        var request = ChatRequest.builder("pool")
                .message(Message.system("You help."))
                .message(Message.user("Question " + conversation));
        for (int turn = 1; turn < turns; turn++) {
            request.message(new Message(Message.Role.ASSISTANT, List.of())).message(Message.user("More " + turn));
        }
        return request.build();
    }

    /** Requests come every 10 ms on a virtual clock; a answers after 200 ms, b after 2 s. */
    @Test
    void of_10_000_requests_lowest_latency_sends_the_slow_one_under_5_percent() {
        long[] now = {0};
        DeploymentStatsRegistry stats = new DeploymentStatsRegistry(() -> now[0]);
        LoadMetrics live = new LoadMetrics() {
            @Override
            public int inFlight(String deployment) {
                return stats.of(deployment).inFlight();
            }

            @Override
            public Duration firstToken(String deployment) {
                return stats.of(deployment).peakFirstToken();
            }

            @Override
            public boolean isAvailable(String deployment) {
                return true;
            }
        };
        record Answer(long at, DeploymentStats.AttemptTimer turn) {}
        PriorityQueue<Answer> answers = new PriorityQueue<>(Comparator.comparingLong(Answer::at));
        LoadBalancingStrategy balancer = balancer("lowest-latency");
        int slow = 0;
        for (int i = 0; i < 10_000; i++) {
            long at = Duration.ofMillis(10L * i).toNanos();
            while (!answers.isEmpty() && answers.peek().at() <= at) {
                Answer answer = answers.poll();
                now[0] = answer.at();
                answer.turn().content();
                answer.turn().end(DeploymentStats.Ending.ANSWERED);
            }
            now[0] = at;
            String chosen = balancer.order(null, ABC.subList(0, 2), live).get(0).name();
            slow += chosen.equals("b") ? 1 : 0;
            long takes = Duration.ofMillis(chosen.equals("b") ? 2_000 : 200).toNanos();
            answers.add(new Answer(at + takes, stats.of(chosen).begin()));
        }
        assertThat(slow).isBetween(1, 499);
    }
}
