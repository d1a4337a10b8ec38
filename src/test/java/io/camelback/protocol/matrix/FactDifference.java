package io.camelback.protocol.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * What one list of facts has and another has not: {@code - fact} for what was lost on the way, {@code + fact} for what
 * came in, and {@code ~ fact} for what comes later than it did.
 */
final class FactDifference {
    private FactDifference() {}

    static List<String> between(List<String> before, List<String> after) {
        List<String> lost = new ArrayList<>(before);
        after.forEach(lost::remove);
        List<String> came = new ArrayList<>(after);
        before.forEach(came::remove);
        List<String> result = new ArrayList<>();
        lost.forEach(fact -> result.add("- " + fact));
        came.forEach(fact -> result.add("+ " + fact));
        moved(before, after, lost, came).forEach(fact -> result.add("~ " + fact));
        return result;
    }

    private static List<String> moved(List<String> before, List<String> after, List<String> lost, List<String> came) {
        List<String> was = without(before, lost);
        List<String> is = without(after, came);
        List<String> moved = new ArrayList<>();
        while (!was.isEmpty()) {
            String next = was.remove(0);
            if (!is.get(0).equals(next)) {
                moved.add(next);
            }
            is.remove(next);
        }
        return moved;
    }

    private static List<String> without(List<String> all, List<String> some) {
        List<String> rest = new ArrayList<>(all);
        some.forEach(rest::remove);
        return rest;
    }
}
