package io.camelback.camel.chain;

import io.camelback.chat.ChatStream;
import io.camelback.chat.RequestRejected;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.camel.Exchange;

/**
 * A deployment's breaker as the {@code circuitBreaker} EIP gets it. For the EIP, a block that returns has gone well;
 * but a stream returns with its first word, and a provider that breaks off every stream would have a success before
 * each failure. So a stream is judged when it ends, by {@link io.camelback.camel.attempt.ProviderAttempt}, and a
 * declined request, which says nothing of anyone's health, is not judged at all. Only a probe's first word counts at
 * once: the next callers wait for it.
 */
public final class StreamAwareCircuitBreaker {
    private StreamAwareCircuitBreaker() {}

    public static CircuitBreaker of(CircuitBreaker breaker) {
        Class<?>[] type = {CircuitBreaker.class};
        return (CircuitBreaker) Proxy.newProxyInstance(
                CircuitBreaker.class.getClassLoader(), type, (proxy, method, arguments) -> {
                    if (method.getName().equals("onResult") && arguments[2] instanceof Exchange exchange) {
                        Object reply = exchange.getMessage().getBody();
                        if (reply instanceof RequestRejected) {
                            breaker.releasePermission();
                            return null;
                        }
                        if (reply instanceof ChatStream && breaker.getState() == State.CLOSED) {
                            return null;
                        }
                    }
                    try {
                        return method.invoke(breaker, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
