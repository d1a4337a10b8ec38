package io.camelback.config.yaml;

/**
 * One problem of the configuration.
 *
 * @param path the key at fault, {@code deployments.claude-opus.timeouts.first-token}; empty when the file cannot be
 *     parsed; the variable's name when it is in the environment
 * @param line from 1; 0 when the fault is in the environment
 * @param message what is wrong, without keys or other secrets
 * @param fix what to do about it
 */
public record ConfigProblem(String path, int line, String message, String fix) {

    /** The problem as one line: {@code config/camelback.yaml:12: path: message. Fix}. */
    public String in(String fileName) {
        String place = line == 0 ? "environment: " : fileName + ":" + line + ": ";
        return place + (path.isEmpty() ? "" : path + ": ") + message + ". " + fix;
    }
}
