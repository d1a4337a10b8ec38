package io.camelback.loadbalancer;

import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import java.util.List;

/** Puts the links of a {@code loadBalance} into the order in which they are asked for one request. Thread-safe. */
public interface LoadBalancingStrategy {
    /**
     * @param request what is asked; null when vectors are
     * @param links in the order of the chain's YAML, at least one
     * @param metrics how they are doing now
     * @return all of them: the first is asked, and each that follows when those before it have failed
     */
    List<Deployment> order(ChatRequest request, List<Deployment> links, LoadMetrics metrics);
}
