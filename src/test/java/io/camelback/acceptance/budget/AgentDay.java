package io.camelback.acceptance.budget;

import io.camelback.chat.Usage;
import java.time.LocalDate;

/** How a day goes: how many requests it has, how many tokens each question, and each answer at most. */
enum AgentDay {
    QUIET(5, 900, 16_000),
    BUSY(165, 900, 16_000),
    LONG(68, 8_000, 30_000);

    final int requests;
    final int tokens;
    final int most;

    AgentDay(int requests, int tokens, int most) {
        this.requests = requests;
        this.tokens = tokens;
        this.most = most;
    }

    static AgentDay of(LocalDate day) {
        return day.getDayOfMonth() % 10 == 1 ? BUSY : day.getDayOfMonth() % 3 == 0 ? LONG : QUIET;
    }

    /** What a deployment reports of an answer, whatever it says. */
    Usage usage(String deployment) {
        return Usage.of(
                tokens + 100,
                switch (deployment) {
                    case "glm-nano", "minimax" -> most - 1_000;
                    case "claude-haiku", "openai-4o" -> 11_000;
                    default -> 600;
                });
    }
}
