package io.camelback.failure;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes sensitive data from a provider's error message before it is recorded: keys, URLs, host names and addresses,
 * e-mail addresses, the names of accounts, organisations and projects. What is left is one line that says what was
 * wrong. Pure.
 */
public final class MessageRedactor {
    /** The most characters that are kept. */
    public static final int LONGEST = 500;
    /** What is looked at: patterns are not run over more. */
    private static final int MOST_READ = 4 * LONGEST;

    private static final String TOP_DOMAINS =
            "com|net|org|io|ai|dev|cloud|app|co|cn|de|eu|uk|fr|jp|us|info|internal|local|lan|corp"
                    + "|svc|cluster|azure|aws|google|sh|so|me|tech|xyz";

    private record Rule(Pattern pattern, String instead) {
        static Rule of(String pattern, String instead) {
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), instead);
        }
    }

    /** In this order: what is longer and surer comes first. */
    private static final List<Rule> RULES = List.of(
            Rule.of("[\\p{Cntrl}\\s]+", " "),
            Rule.of("\\bdata:[a-z0-9.+/-]{0,80};base64,[a-z0-9+/_=-]*", "[data]"),
            Rule.of("\\b[a-z][a-z0-9+.-]{1,15}://[^\\s\"'<>)\\]}]*", "[url]"),
            Rule.of("\\bwww\\.[^\\s\"'<>)\\]}]+", "[url]"),
            Rule.of("[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,200}", "[email]"),
            Rule.of("\\barn:[a-z0-9-]*:[^\\s\"']*", "[account]"),
            Rule.of(
                    "\\b(projects|organizations|organisations|folders|subscriptions|accounts|users|workspaces|tenants)/[^\\s\"'`,;]+",
                    "$1/[id]"),
            Rule.of("\\b(bearer|basic)\\s+[a-z0-9._~+/=*-]{6,}", "$1 [key]"),
            Rule.of(
                    "\\b(api[ _-]?key|apikey|access[ _-]?key|secret|token|password)((?: provided| is| was)?\\s*[:=]\\s*)"
                            + "[\"'`]?[^\\s\"'`,;]{3,}[^\\s\"'`,;.]",
                    "$1$2[key]"),
            Rule.of(
                    "\\b(?:sk|pk|rk|ak|gsk|xai|hf|nvapi|pplx|csk|fw|r8|ghp|gho|eyj|cb)[-_][a-z0-9_*.-]{5,}[a-z0-9_*]",
                    "[key]"),
            Rule.of("\\b(?:AIza|AKIA|ASIA|ya29\\.|eyJ)[A-Za-z0-9_*.-]{7,}[A-Za-z0-9_*]", "[key]"),
            Rule.of(
                    "\\b(?:org|proj|acct|acc|user|team|ws|wrkspc|workspace|cus|sub|tenant|account|project|organization)[-_]"
                            + "(?=[a-z0-9_*-]*[0-9*])[a-z0-9_*-]{5,}",
                    "[id]"),
            Rule.of("\\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\b", "[id]"),
            Rule.of(
                    "\\b(organi[sz]ation|account|project|tenant|subscription|team|workspace|customer|user)"
                            + "((?: (?:id|number|name))?\\s*[:=#]?\\s*)[\"'`](?:[^\"'`]{1,200})[\"'`]",
                    "$1$2[id]"),
            Rule.of(
                    "\\b(organi[sz]ation|account|project|tenant|subscription|team|workspace|customer)((?: (?:id|number|name))?\\s*[:=#]\\s*)"
                            + "[^\\s\"'`,;.]{3,}",
                    "$1$2[id]"),
            Rule.of("\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?\\b", "[host]"),
            Rule.of("\\[?\\b(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}\\b\\]?(?::\\d{1,5})?", "[host]"),
            Rule.of("\\b(?:localhost|[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+):\\d{1,5}\\b", "[host]"),
            Rule.of("\\b(?:[a-z0-9_-]{1,63}\\.){1,8}(?:" + TOP_DOMAINS + ")\\b(?!\\.[a-z0-9])", "[host]"),
            Rule.of("\\b(host(?:name)?|ENOTFOUND|resolve|lookup)(\\s+)[\"'`]?[a-z0-9][\\w.-]*[\"'`]?", "$1$2[host]"),
            Rule.of("\\b\\d{9,}\\b", "[number]"),
            Rule.of("\\b(?=[a-z0-9_+/-]*[0-9])(?=[a-z0-9_+/-]*[a-z])[a-z0-9_+/-]{28,}={0,2}", "[key]"),
            Rule.of("\"[^\"]{81,}\"?|`[^`]{81,}`?|(?<![a-z0-9])'[^']{81,}'?", "[text]"));

    private MessageRedactor() {}

    /** @param message as the provider said it; null when it said nothing. @return null when nothing is left */
    public static String redact(String message) {
        if (message == null) {
            return null;
        }
        String text = message.length() <= MOST_READ ? message : message.substring(0, MOST_READ);
        for (Rule rule : RULES) {
            text = rule.pattern().matcher(text).replaceAll(rule.instead());
        }
        text = text.strip();
        if (text.length() > LONGEST) {
            int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            text = text.substring(0, end);
        }
        return text.isEmpty() ? null : text;
    }
}
