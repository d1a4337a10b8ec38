package io.camelback.camel;

import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import io.camelback.lab.Received;
import java.util.List;

/** The first three links of the chain balanced, each of another dialect: who is to answer. */
enum Answering {
    CLAUDE("claude-sonnet", "claude-sonnet-5-5"),
    GPT("gpt-mini", "gpt-5.4-mini"),
    GEMINI("gemini-flash", "gemini-3.8-flash");

    static final String CHAIN = "balanced";

    final String link;
    final String model;

    Answering(String link, String model) {
        this.link = link;
        this.model = model;
    }

    /** From now on all links before this one fail so, and this one says that. */
    void answers(Drill drill, Fault fault, Completion said) {
        for (Answering other : values()) {
            drill.script(other.link).clear();
            drill.breaker(other.link).reset();
            if (other.ordinal() < ordinal()) {
                drill.script(other.link).always(fault);
            }
        }
        drill.gateway().vitals.parking().all().keySet().forEach(drill.gateway().vitals.parking()::clear);
        drill.provider(link).answer(said);
    }

    /** What its provider was asked last. */
    Received asked(Drill drill) {
        List<Received> all = drill.provider(link).received();
        return all.get(all.size() - 1);
    }

    /** What its provider was shown last. */
    Shown shown(Drill drill) {
        return Shown.of(asked(drill).json());
    }
}
