package io.camelback.routing;

import io.camelback.chat.GatewayError;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.protocol.InvalidRequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Resolves the {@code model} of a request. A chain or a deployment by its exact name comes first, then the aliases in
 * their order. A name that means nothing is tried again without what other gateways and clouds put before it:
 * {@code openai/gpt-6}, {@code models/gemini-4}, {@code us.anthropic.claude-opus-5} (docs/wire-formats.md, trap 43).
 * Nothing else is ever used as a name upstream or as a route (docs/failures.md H05).
 */
public final class ModelResolver {
    /** A longer name is none, whatever patterns match it: it would stand in every record of its request. */
    private static final int LONGEST = 256;

    private static final int SHOWN = 80;
    private static final Pattern CLOUD =
            Pattern.compile("^(?:[a-z]{2,6}\\.)?(?:anthropic|openai|google|mistral|meta)\\.");

    private final CamelbackConfig config;
    private final boolean embedding;
    private final List<String> names;
    private final List<String> others;

    private ModelResolver(
            CamelbackConfig config, Collection<String> chains, Collection<String> embedders, boolean embedding) {
        this.config = config;
        this.embedding = embedding;
        this.names = names(config, chains, embedders, embedding);
        this.others = names(config, chains, embedders, !embedding);
    }

    /**
     * Those that answer in a conversation.
     *
     * @param chains the ids of the routes that are chains, {@code auto} among them
     * @param embedders those of the chains that make embeddings
     */
    public static ModelResolver chatting(
            CamelbackConfig config, Collection<String> chains, Collection<String> embedders) {
        return new ModelResolver(config, chains, embedders, false);
    }

    /** Those that make embeddings. Only aliases without a {@code *} lead to them. */
    public static ModelResolver embedding(
            CamelbackConfig config, Collection<String> chains, Collection<String> embedders) {
        return new ModelResolver(config, chains, embedders, true);
    }

    private static List<String> names(
            CamelbackConfig config, Collection<String> chains, Collection<String> embedders, boolean embedding) {
        List<String> names = new ArrayList<>(new TreeSet<>(chains));
        names.removeIf(chain -> embedders.contains(chain) != embedding);
        for (Deployment deployment : config.deployments().values()) {
            if (deployment.embeds() == embedding && !chains.contains(deployment.name())) {
                names.add(deployment.name());
            }
        }
        return List.copyOf(names);
    }

    /** The chain or deployment that shall answer. */
    public Optional<String> resolve(String model) {
        return model.length() > LONGEST ? Optional.empty() : known(model).or(() -> known(bare(model)));
    }

    private static String bare(String model) {
        return CLOUD.matcher(model.substring(model.lastIndexOf('/') + 1)).replaceFirst("");
    }

    private Optional<String> known(String model) {
        if (names.contains(model) || others.contains(model)) {
            return Optional.of(model).filter(names::contains);
        }
        return config.aliasTarget(model).filter(names::contains);
    }

    /**
     * The same for a caller who has to be told when there is none.
     *
     * @throws InvalidRequestException 404 for an unknown name, 400 for one that does something else; either says what
     *     there is
     */
    public String require(String model) {
        return resolve(model).orElseThrow(() -> doesSomethingElse(model) ? unfit(model) : unknown(model));
    }

    private boolean doesSomethingElse(String model) {
        return others.contains(model)
                || !embedding
                        && config.aliasTarget(model).filter(others::contains).isPresent();
    }

    private InvalidRequestException unfit(String model) {
        return new InvalidRequestException(
                "model",
                "\"" + model + "\" "
                        + (embedding ? "chats and makes no embeddings." : "makes embeddings and does not chat.")
                        + there());
    }

    private InvalidRequestException unknown(String model) {
        String shown = model.length() <= SHOWN ? model : model.substring(0, SHOWN) + "…";
        return new InvalidRequestException(new GatewayError(
                404,
                "model_not_found",
                "There is no " + (embedding ? "embedding " : "") + "model \"" + shown + "\"." + there(),
                "model",
                null));
    }

    private String there() {
        String these = embedding ? " For embeddings there " : " There ";
        return these + (names.isEmpty() ? "is none." : "are: " + String.join(", ", names) + ".");
    }

    /** All names a caller may use but for the patterns of the aliases: chains, then deployments. */
    public List<String> names() {
        return names;
    }
}
