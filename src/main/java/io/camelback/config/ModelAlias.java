package io.camelback.config;

/**
 * A pattern for model names that clients send, and its target.
 *
 * @param pattern matched against the whole name, case and all; {@code *} stands for any characters, also none
 * @param target a chain, a deployment or {@code auto}
 * @param line where the file says so
 */
public record ModelAlias(String pattern, String target, int line) {

    /** Whether it stands for one name only. */
    public boolean isExact() {
        return pattern.indexOf('*') < 0;
    }

    /** In time of at most pattern times name, whatever a caller sends. */
    public boolean matches(String model) {
        int at = 0;
        int inPattern = 0;
        int star = -1;
        int retryFrom = 0;
        while (at < model.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                star = inPattern++;
                retryFrom = at;
            } else if (inPattern < pattern.length() && pattern.charAt(inPattern) == model.charAt(at)) {
                inPattern++;
                at++;
            } else if (star >= 0) {
                inPattern = star + 1;
                at = ++retryFrom;
            } else {
                return false;
            }
        }
        return pattern.substring(inPattern).chars().allMatch(rest -> rest == '*');
    }
}
