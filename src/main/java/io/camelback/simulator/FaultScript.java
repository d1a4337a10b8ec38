package io.camelback.simulator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The script of a provider: a list of faults, each played once, and a default after them. A model or a key may have a
 * script of its own, which goes first and, once it has nothing left to say, gives way to the provider's. Safe to change
 * while requests come in.
 *
 * <pre>{@code
 * provider.script().then(Fault.status(429).header("Retry-After", "2"), Fault.silence()).always(Fault.ok());
 * }</pre>
 */
public final class FaultScript {
    private final Deque<SimulatedFault> next = new ArrayDeque<>();
    private final Map<String, FaultScript> models = new HashMap<>();
    private final Map<String, FaultScript> keys = new HashMap<>();
    private SimulatedFault rest;

    /** One request each, in this order. */
    public synchronized FaultScript then(SimulatedFault... faults) {
        next.addAll(Arrays.asList(faults));
        return this;
    }

    /** So many requests with the same fault. */
    public synchronized FaultScript times(int requests, SimulatedFault fault) {
        next.addAll(Collections.nCopies(requests, fault));
        return this;
    }

    /** What is played once the list is empty; {@link SimulatedFault#ok()} unless this is called. */
    public synchronized FaultScript always(SimulatedFault fault) {
        rest = fault;
        return this;
    }

    /** Forgets the list and what comes after it, for the models and the keys, too: the provider is well again. */
    public synchronized FaultScript clear() {
        next.clear();
        rest = null;
        models.values().forEach(FaultScript::clear);
        keys.values().forEach(FaultScript::clear);
        return this;
    }

    /** The script for one model, by the provider's name for it. */
    public synchronized FaultScript forModel(String model) {
        return models.computeIfAbsent(model, name -> new FaultScript());
    }

    /** The script for all who come with that API key. */
    public synchronized FaultScript forKey(String key) {
        return keys.computeIfAbsent(key, name -> new FaultScript());
    }

    /** The fault for the next request. @param key null when it came without one */
    synchronized SimulatedFault next(String model, String key) {
        SimulatedFault fault = models.containsKey(model) ? models.get(model).poll() : null;
        if (fault == null && keys.containsKey(key)) {
            fault = keys.get(key).poll();
        }
        if (fault == null) {
            fault = poll();
        }
        return fault == null ? SimulatedFault.ok() : fault;
    }

    /** Whether a new connection shall be reset; that uses up the fault. */
    synchronized boolean resetsConnection() {
        SimulatedFault fault = next.isEmpty() ? rest : next.peek();
        boolean resets = fault instanceof ConnectionFault.ResetAtConnect;
        if (resets) {
            next.poll();
        }
        return resets;
    }

    private synchronized SimulatedFault poll() {
        return next.isEmpty() ? rest : next.poll();
    }
}
