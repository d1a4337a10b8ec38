package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A client's tools with each name once, for servers that refuse names told twice: the last definition, at the first
 * place, so that prompt caches still hit.
 *
 * @see <a href="https://github.com/BigPizzaV3/CodexPlusPlus/issues/2156">the same tools, from two searches</a>
 */
public final class UniqueTools {
    private final Function<ObjectNode, String> name;
    private final Map<String, ObjectNode> last = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /** @param name of a tool; null for one that has none, which stays */
    public UniqueTools(Function<ObjectNode, String> name) {
        this.name = name;
    }

    /** The tools with each name once; the same array when there is nothing to leave out. */
    public static ArrayNode once(ArrayNode tools, Function<ObjectNode, String> name) {
        UniqueTools unique = new UniqueTools(name);
        unique.see(tools);
        return unique.fit(tools);
    }

    /** Notes the tools of one of several lists. */
    public void see(ArrayNode tools) {
        tools.forEach(tool -> {
            if (tool instanceof ObjectNode object && name.apply(object) != null) {
                last.put(name.apply(object), object);
            }
        });
    }

    /** One of the lists, after all were seen, without what stands in it or in one before it. */
    public ArrayNode fit(ArrayNode tools) {
        return JsonNodes.map(tools, tool -> {
            String known = name.apply(tool);
            return known == null ? tool : told.add(known) ? last.get(known) : null;
        });
    }
}
