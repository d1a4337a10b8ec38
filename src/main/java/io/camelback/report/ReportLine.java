package io.camelback.report;

/**
 * One line of a report.
 *
 * @param name what the line is about; empty for requests that nobody answered, or that did not say it
 * @param requests how many there were, by who answered where that is what the lines are by
 * @param answered how many of those got an answer
 * @param fallbacks how many of the answers came from another deployment than the first link
 * @param asked how many times a provider was asked
 * @param succeeded how many of those gave an answer
 * @param microDollars what all of that cost, as far as prices are known
 * @param unpriced how many turns have tokens and no price
 */
public record ReportLine(
        String name,
        long requests,
        long answered,
        long fallbacks,
        long asked,
        long succeeded,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        long microDollars,
        long unpriced) {

    ReportLine plus(ReportLine other) {
        return new ReportLine(
                name,
                requests + other.requests,
                answered + other.answered,
                fallbacks + other.fallbacks,
                asked + other.asked,
                succeeded + other.succeeded,
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                outputTokens + other.outputTokens,
                microDollars + other.microDollars,
                unpriced + other.unpriced);
    }

    static ReportLine none(String name) {
        return new ReportLine(name, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
