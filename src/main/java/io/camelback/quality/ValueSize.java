package io.camelback.quality;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.protocol.support.NumberRangeCheck;
import java.util.HashMap;
import java.util.Map;

/** The cost of walking through a JSON value. */
final class ValueSize {
    private static final int CHARACTERS_PER_STEP = 16;

    private ValueSize() {}

    /**
     * Pays for going through all of a value.
     *
     * @throws NotJudgedException also for a number such as 1e999999999, with which no arithmetic ends
     */
    static void spend(JsonNode node, WorkBudget budget) {
        budget.spend(1 + (node.isTextual() ? node.textValue().length() / CHARACTERS_PER_STEP : 0));
        if (node.isNumber() && !NumberRangeCheck.isPlain(node)) {
            throw new NotJudgedException("a number is out of range");
        }
        node.forEach(child -> spend(child, budget));
    }

    /**
     * Pays for putting a value's elements into a hash table, where those of one hash are compared with each other.
     * Arrays and objects are taken to have all the same one: whoever wants to can choose them so.
     *
     * @return what finding one of them costs at most
     */
    static long collisions(JsonNode elements, WorkBudget budget) {
        spend(elements, budget);
        Map<Integer, Integer> counts = new HashMap<>();
        int most = 0;
        for (JsonNode element : elements) {
            int hash = element.isContainerNode()
                    ? 0
                    : element.isNumber() ? Double.hashCode(element.doubleValue()) : element.hashCode();
            most = Math.max(most, counts.merge(hash, 1, Integer::sum));
        }
        budget.spend((long) most * most);
        return most;
    }
}
