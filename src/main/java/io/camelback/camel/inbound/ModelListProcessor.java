package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.clientkey.ClientKey;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.ModelAlias;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * {@code GET /v1/models} and {@code /v1/models/{id}}: every name a caller may use, and what it stands for. Under
 * {@code /v1beta}, and for who comes with one of Google's headers, in Google's shape.
 */
public final class ModelListProcessor implements Processor {
    private static final int MOST_SHOWN = 100;
    private final CamelbackConfig config;
    private final Collection<String> chains;
    private final Collection<String> embedders;
    private final long since;
    private final RequestPreamble preamble;
    private final GeminiModelListWriter googles;

    /**
     * @param embedders those of the chains that make embeddings
     * @param since when this version of the bundle came into force, Unix time in seconds
     */
    public ModelListProcessor(
            CamelbackConfig config,
            Collection<String> chains,
            Collection<String> embedders,
            long since,
            RequestPreamble preamble) {
        this.config = config;
        this.chains = chains;
        this.embedders = embedders;
        this.since = since;
        this.preamble = preamble;
        this.googles = new GeminiModelListWriter(config);
    }

    @Override
    public void process(Exchange exchange) {
        Message in = exchange.getMessage();
        String path = EndpointUrl.of(in).path();
        boolean google = path.startsWith("/v1beta/")
                || in.getHeader("x-goog-api-key") != null
                || in.getHeader("x-goog-api-client") != null;
        Optional<ClientKey> key =
                preamble.begin(exchange, in, google ? new GeminiClientCodec() : new OpenAiChatClientCodec());
        Map<String, ObjectNode> models = models();
        key.ifPresent(owner -> models.values()
                .removeIf(model -> !owner.allows(
                        model.path("target").asText(model.path("id").asText()))));
        String asked = URLDecoder.decode(path.replaceFirst("^/v1(?:beta)?/models/?", ""), StandardCharsets.UTF_8);
        ObjectNode answer;
        if (asked.isEmpty()) {
            answer = google ? googles.list(models, EndpointUrl.of(in).query()) : list(models.values());
        } else {
            ObjectNode one = models.get(asked);
            if (one == null) {
                one = config.aliasTarget(asked)
                        .map(models::get)
                        .map(target -> alias(target, asked))
                        .orElse(null);
            }
            answer = one != null && google ? googles.model(one) : one;
        }
        if (answer == null) {
            throw new InvalidRequestException(GatewayError.of(
                    404,
                    "model_not_found",
                    "There is no model \"" + shown(asked) + "\". There are: " + String.join(", ", models.keySet())
                            + "."));
        }
        Message message = new DefaultMessage(exchange);
        ResponseHeaders.of(RequestPreamble.requestId(exchange)).forEach(message::setHeader);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(Json.bytes(answer)));
        exchange.setMessage(message);
    }

    /** What a name stands for that a pattern of the configuration takes: what POST answers, GET knows. */
    private static ObjectNode alias(ObjectNode target, String name) {
        return JsonNodes.copy(target)
                .put("id", name)
                .put("display_name", name)
                .put("kind", "alias")
                .put("target", target.path("id").asText());
    }

    private static String shown(String model) {
        return model.length() <= MOST_SHOWN ? model : model.substring(0, MOST_SHOWN) + "…";
    }

    /**
     * Both official SDKs read this: OpenAI's its {@code object}, Anthropic's its {@code first_id} and the like. Codex
     * reads {@code models}; an empty list leaves it with those it knows.
     *
     * @see <a href="https://github.com/openai/codex/issues/37122">Codex, on a list without it</a>
     */
    private static ObjectNode list(Collection<ObjectNode> models) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        models.forEach(data::add);
        list.put("has_more", false);
        list.set("first_id", data.path(0).path("id"));
        list.set("last_id", data.path(data.size() - 1).path("id"));
        list.putArray("models");
        return list;
    }

    private Map<String, ObjectNode> models() {
        Map<String, ObjectNode> models = new LinkedHashMap<>();
        for (String chain : chains) {
            models.put(chain, model(chain, "chain", embedders.contains(chain)));
        }
        for (Deployment deployment : config.deployments().values()) {
            models.putIfAbsent(
                    deployment.name(),
                    model(deployment.name(), "deployment", deployment.embeds())
                            .put("provider", deployment.provider().name())
                            .put("provider_model", deployment.model())
                            .put("usable", deployment.usable()));
        }
        for (ModelAlias alias : config.aliases()) {
            models.putIfAbsent(
                    alias.pattern(),
                    model(alias.pattern(), "alias", embeds(alias.target())).put("target", alias.target()));
        }
        return models;
    }

    private boolean embeds(String target) {
        return embedders.contains(target)
                || config.deployment(target).filter(Deployment::embeds).isPresent();
    }

    private ObjectNode model(String id, String kind, boolean embeds) {
        return Json.object()
                .put("id", id)
                .put("object", "model")
                .put("type", "model")
                .put("display_name", id)
                .put("created", since)
                .put("created_at", Instant.ofEpochSecond(since).toString())
                .put("owned_by", "camelback")
                .put("lifecycle", "active")
                .put("kind", kind)
                .put("mode", embeds ? "embeddings" : "chat");
    }
}
