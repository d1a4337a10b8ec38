package io.camelback.lab;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What a provider does with one request after the other: a list of faults, each played once, and what comes after them. A
 * model or a key may have a script of its own, which goes first and, once it has nothing left to say, gives way to the
 * provider's. Safe to change while requests come in.
 *
 * <pre>{@code
 * provider.script().then(Fault.status(429).header("Retry-After", "2"), Fault.silence()).always(Fault.ok());
 * }</pre>
 */
public final class Script {
    private final Deque<Fault> next = new ArrayDeque<>();
    private final Map<String, Script> models = new HashMap<>();
    private final Map<String, Script> keys = new HashMap<>();
    private Fault rest;

    /** One request each, in this order. */
    public synchronized Script then(Fault... faults) {
        next.addAll(Arrays.asList(faults));
        return this;
    }

    /** So many requests with the same fault. */
    public synchronized Script times(int requests, Fault fault) {
        next.addAll(Collections.nCopies(requests, fault));
        return this;
    }

    /** What is played once the list is empty; {@link Fault#ok()} unless this is called. */
    public synchronized Script always(Fault fault) {
        rest = fault;
        return this;
    }

    /** Forgets the list and what comes after it, for the models and the keys, too: the provider is well again. */
    public synchronized Script clear() {
        next.clear();
        rest = null;
        models.values().forEach(Script::clear);
        keys.values().forEach(Script::clear);
        return this;
    }

    /** The script for one model, by the provider's name for it. */
    public synchronized Script forModel(String model) {
        return models.computeIfAbsent(model, name -> new Script());
    }

    /** The script for all who come with that API key. */
    public synchronized Script forKey(String key) {
        return keys.computeIfAbsent(key, name -> new Script());
    }

    /** The fault for the next request. @param key null when it came without one */
    synchronized Fault next(String model, String key) {
        Fault fault = models.containsKey(model) ? models.get(model).poll() : null;
        if (fault == null && keys.containsKey(key)) {
            fault = keys.get(key).poll();
        }
        if (fault == null) {
            fault = poll();
        }
        return fault == null ? Fault.ok() : fault;
    }

    /** Whether a new connection shall be reset; that uses up the fault. */
    synchronized boolean resetsConnection() {
        Fault fault = next.isEmpty() ? rest : next.peek();
        boolean resets = fault instanceof ConnectionFault.ResetAtConnect;
        if (resets) {
            next.poll();
        }
        return resets;
    }

    private synchronized Fault poll() {
        return next.isEmpty() ? rest : next.poll();
    }
}
