package io.camelback.routing;

import java.util.List;

/**
 * The chain that a caller has named for one request.
 *
 * @param models the names as the caller wrote them, without the request's own model
 * @param preferences which providers it may be
 * @param firstOnly whether only the first deployment may be asked
 */
public record CallerFallbacks(List<NamedModel> models, ProviderPreferences preferences, boolean firstOnly) {
    public static final CallerFallbacks NONE = new CallerFallbacks(List.of(), ProviderPreferences.NONE, false);

    /** @param path where it stands in the request, such as {@code models[1]} */
    public record NamedModel(String name, String path) {}

    /**
     * The same with names resolved.
     *
     * @param targets chains and deployments in the order in which they are asked
     */
    public record Resolved(List<String> targets, ProviderPreferences preferences) {
        public Resolved {
            targets = List.copyOf(targets);
        }

        /** Whether it is no other chain than the one that the request's model stands for. */
        public boolean isPlain() {
            return targets.size() == 1 && preferences.equals(ProviderPreferences.NONE);
        }
    }

    public CallerFallbacks {
        models = List.copyOf(models);
    }
}
