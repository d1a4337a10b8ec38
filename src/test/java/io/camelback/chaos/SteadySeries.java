package io.camelback.chaos;

import java.util.ArrayList;
import java.util.List;

/** Measurements of one thing over time, to tell whether it grows. */
final class SteadySeries {
    private static final int PARTS = 3;
    private final String name;
    private final double growth;
    private final List<Double> values = new ArrayList<>();

    /** @param growth how much more the last third may have on average than the middle one */
    SteadySeries(String name, double growth) {
        this.name = name;
        this.growth = growth;
    }

    void add(double value) {
        values.add(value);
    }

    double last() {
        return values.get(values.size() - 1);
    }

    String name() {
        return name;
    }

    double first() {
        return values.get(0);
    }

    /** The average of the middle third; what comes before it is warming up. */
    double middle() {
        return average(values.size() / PARTS, values.size() * 2 / PARTS);
    }

    /** The average of the last third. */
    double end() {
        return average(values.size() * 2 / PARTS, values.size());
    }

    private double average(int from, int to) {
        return values.subList(from, to).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** Whether it has stopped growing; false when there are too few values to say. */
    boolean steady() {
        return values.size() >= PARTS && end() - middle() <= growth;
    }
}
