package io.camelback.camel.bundle;

import io.camelback.budget.BudgetService;
import io.camelback.camel.chain.CallerChainProcessor;
import io.camelback.camel.chain.ClassificationProcessor;
import io.camelback.camel.chain.DeploymentLoadBalancer;
import io.camelback.camel.chain.EscalationProcessor;
import io.camelback.camel.chain.GroupBudgets;
import io.camelback.camel.chain.PlanThenExecuteProcessors;
import io.camelback.camel.chain.StreamAwareCircuitBreaker;
import io.camelback.camel.fallback.StaticFallbackProcessor;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.loadbalancer.LoadBalancingStrategies;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.TaskRouting;
import java.util.Optional;
import org.apache.camel.processor.loadbalancer.LoadBalancer;

/** The beans that chains name: breakers, load balancers, and steps that choose, plan or stand in for an answer. */
final class ChainBeans {
    private ChainBeans() {}

    static void bind(
            BeanRegistrar beans,
            CamelbackConfig config,
            ChainCatalog chains,
            RequestServices services,
            Optional<BudgetService> budgets,
            GatewayRuntime runtime) {
        beans.bindBean("camelback-group-budgets", new GroupBudgets(services.policy(), budgets));
        beans.bind("camelback-escalate", new EscalationProcessor());
        beans.bind(
                "camelback-classify",
                new ClassificationProcessor(
                        services.contexts(), new TaskRouting(config.routing(), chains.topology()::own)));
        beans.bind("camelback-caller-chain", new CallerChainProcessor());
        beans.bind("camelback-plan-request", PlanThenExecuteProcessors.plan());
        beans.bind("camelback-plan-apply", PlanThenExecuteProcessors.planned());
        beans.bind("camelback-degraded", new StaticFallbackProcessor(runtime.clock()));
        beans.bind("camelback-cached", services.answerCache().recall());
        LoadBalancingStrategies.all(runtime.random())
                .forEach((name, strategy) -> beans.registry()
                        .bindAsPrototype(
                                "camelback-" + name,
                                LoadBalancer.class,
                                () -> new DeploymentLoadBalancer(strategy.get(), services.metrics(), config)));
    }

    /** Each deployment's breaker, under the deployment's name. */
    static void bindBreakers(BeanRegistrar beans, CamelbackConfig config, GatewayRuntime runtime) {
        for (Deployment deployment : config.deployments().values()) {
            beans.bindBean(
                    deployment.name(),
                    StreamAwareCircuitBreaker.of(runtime.breakers().of(deployment)));
        }
    }
}
