package io.camelback.camel.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.CallerFallbacks.NamedModel;
import io.camelback.routing.ModelResolver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads which models and providers a caller names beside its {@code model}: OpenRouter's {@code models} and
 * {@code provider}, {@code fallbacks} of LiteLLM and Anthropic, and the gateway options of Vercel's AI SDK. What is
 * read is taken out of the body: it is for this gateway.
 *
 * @see <a href="https://openrouter.ai/docs/features/provider-routing">OpenRouter's provider routing</a>
 * @see <a href="https://docs.litellm.ai/docs/proxy/reliability">LiteLLM's fallbacks</a>
 */
public final class CallerFallbackReader {
    /** The most names a request may list. */
    static final int MOST = 10;

    private static final String MODEL = "model";
    private static final String MODELS = "models";
    private static final String FALLBACKS = "fallbacks";
    private static final String PROVIDER = "provider";
    private static final String OPTIONS = "providerOptions";
    private static final String GATEWAY = "gateway";
    private static final String OPEN_ROUTER = "openrouter";
    /** With this header the caller means what Anthropic's own servers do. */
    private static final String SERVER_SIDE = "server-side-fallback";

    private final ModelResolver targets;
    private final Function<String, List<Deployment>> deployments;
    private final ProviderPreferenceReader preferences;

    /**
     * @param deployments what a chain or deployment may come to
     * @param providers the names of all providers
     */
    public CallerFallbackReader(
            ModelResolver targets, Function<String, List<Deployment>> deployments, Set<String> providers) {
        this.targets = targets;
        this.deployments = deployments;
        this.preferences = new ProviderPreferenceReader(providers);
    }

    /**
     * Reads them, and takes them out of the body. Where the request can only come to OpenRouter, and is written as
     * OpenRouter takes it, its words stay there.
     *
     * @param body may be changed
     * @param format the API format of the endpoint
     * @param beta the header {@code anthropic-beta}; null without one
     * @throws InvalidRequestException naming the field that cannot be read
     */
    public CallerFallbacks take(ObjectNode body, String format, String beta) {
        List<NamedModel> names = new ArrayList<>();
        boolean openRouters = format.equals(ProtocolNames.OPENAI) && isOpenRouters(body);
        if (body.has(MODELS) && !(openRouters && !areKnown(body.get(MODELS)))) {
            addAll(names, body.remove(MODELS), MODELS);
        }
        boolean theirs = beta != null && beta.contains(SERVER_SIDE);
        if (body.has(FALLBACKS) && !theirs) {
            addFallbacks(names, body.remove(FALLBACKS), Json.string(body, MODEL));
        }
        ObjectNode provider = !openRouters && body.get(PROVIDER) instanceof ObjectNode said ? said : null;
        if (provider != null) {
            body.remove(PROVIDER);
        }
        ObjectNode gateway = takeGateway(body);
        if (gateway != null && gateway.has(MODELS)) {
            addAll(names, gateway.get(MODELS), OPTIONS + "." + GATEWAY + "." + MODELS);
        }
        if (names.size() > MOST) {
            throw new InvalidRequestException(
                    names.get(MOST).path(),
                    "The request names " + names.size() + " further models; at most " + MOST + " are taken.");
        }
        if (!body.hasNonNull(MODEL) && !names.isEmpty() && !format.equals(ProtocolNames.GEMINI)) {
            body.put(MODEL, names.get(0).name());
        }
        return preferences.read(provider, gateway, names, mayBeOpenRouter(body));
    }

    private static ObjectNode takeGateway(ObjectNode body) {
        if (body.get(OPTIONS) instanceof ObjectNode options && options.get(GATEWAY) instanceof ObjectNode gateway) {
            ObjectNode rest = options.deepCopy();
            rest.remove(GATEWAY);
            if (rest.isEmpty()) {
                body.remove(OPTIONS);
            } else {
                body.set(OPTIONS, rest);
            }
            return gateway;
        }
        return null;
    }

    /**
     * The chains and deployments by these names, the request's own model first, each of them once.
     *
     * @param own what the request's model stands for
     * @param target of a name, as the caller's key may use it
     * @throws InvalidRequestException naming the place of a name that is unknown or not allowed
     */
    public CallerFallbacks.Resolved resolve(CallerFallbacks said, String own, UnaryOperator<String> target) {
        Set<String> resolved = new LinkedHashSet<>();
        resolved.add(own);
        for (NamedModel model : said.models()) {
            try {
                resolved.add(target.apply(model.name()));
            } catch (InvalidRequestException e) {
                GatewayError error = e.error();
                throw new InvalidRequestException(new GatewayError(
                        error.status(),
                        error.code(),
                        "`" + model.path() + "`: " + error.message(),
                        model.path(),
                        error.retryAfter()));
            }
        }
        return new CallerFallbacks.Resolved(List.copyOf(resolved), said.preferences());
    }

    private boolean isOpenRouters(ObjectNode body) {
        List<Deployment> links = links(body);
        return !links.isEmpty()
                && links.stream()
                        .allMatch(link -> link.provider().name().equals(OPEN_ROUTER)
                                && link.protocolName().equals(ProtocolNames.OPENAI));
    }

    private boolean mayBeOpenRouter(ObjectNode body) {
        return links(body).stream().anyMatch(link -> link.provider().name().equals(OPEN_ROUTER));
    }

    private List<Deployment> links(ObjectNode body) {
        String model = Json.string(body, MODEL);
        return model == null
                ? List.of()
                : targets.resolve(model).map(deployments).orElse(List.of());
    }

    private boolean areKnown(JsonNode names) {
        for (JsonNode name : names) {
            if (targets.resolve(name.asText()).isEmpty()) {
                return false;
            }
        }
        return !names.isEmpty();
    }

    private static void addAll(List<NamedModel> names, JsonNode list, String path) {
        if (list.isNull()) {
            return;
        }
        if (!(list instanceof ArrayNode)) {
            throw new InvalidRequestException(path, "`" + path + "` must be a list of names of models.");
        }
        for (int i = 0; i < list.size(); i++) {
            add(names, list.get(i), path + "[" + i + "]");
        }
    }

    private static void add(List<NamedModel> names, JsonNode name, String path) {
        if (!name.isTextual() || name.asText().isBlank()) {
            throw new InvalidRequestException(path, "`" + path + "` must be the name of a model.");
        }
        names.add(new NamedModel(name.asText(), path));
    }

    /**
     * Names, objects with a {@code model}, or objects that list what comes after a model. The words {@code default} and
     * {@code off} are Anthropic's.
     */
    private static void addFallbacks(List<NamedModel> names, JsonNode list, String model) {
        if (list.isNull() || list.isTextual()) {
            return;
        }
        if (!(list instanceof ArrayNode)) {
            throw new InvalidRequestException(FALLBACKS, "`" + FALLBACKS + "` must be a list of names of models.");
        }
        for (int i = 0; i < list.size(); i++) {
            String path = FALLBACKS + "[" + i + "]";
            if (list.get(i) instanceof ObjectNode fallback && fallback.has(MODEL)) {
                add(names, fallback.get(MODEL), path + "." + MODEL);
            } else if (list.get(i) instanceof ObjectNode fallback) {
                fallback.properties().forEach(after -> {
                    if (after.getKey().equals(model) || after.getKey().equals("*")) {
                        addAll(names, after.getValue(), path + "." + after.getKey());
                    }
                });
            } else {
                add(names, list.get(i), path);
            }
        }
    }
}
