package io.camelback.config.yaml;

import java.util.Collection;

/**
 * Is told what the readers ask of a file, whether it is there or not: the schema of the file is made of that. Paths are
 * those of the problems: {@code deployments.gpt.limits}, with {@code [0]} behind a list for its first item.
 */
public interface ReadObserver {
    /** For those who only read. */
    ReadObserver NONE = new ReadObserver() {};

    /** A group may have these keys and no others. */
    default void keys(String path, Collection<String> allowed) {}

    /** There may be a group of keys here. */
    default void group(String path) {}

    /** The keys of this group are names that the operator gives. */
    default void names(String path) {}

    /** There may be a list here. */
    default void list(String path) {}

    /** There may be such a value here. */
    default void value(String path, ValueKind kind) {}

    /** The group at this path must have this key. */
    default void required(String path, String key) {}
}
