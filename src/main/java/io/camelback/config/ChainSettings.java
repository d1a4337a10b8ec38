package io.camelback.config;

import io.camelback.chat.Commit;

/**
 * What holds for the requests to one chain, or to one deployment asked by its own name.
 *
 * @param commit for callers who do not say it themselves
 * @param line   where this stands in the file; 0 for what nobody set
 */
public record ChainSettings(Commit commit, int line) {
    public static final ChainSettings DEFAULT = new ChainSettings(Commit.FIRST_TOKEN, 0);
}
