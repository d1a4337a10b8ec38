package io.camelback.protocol.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.TokenLogprob;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.testkit.JsonMeaning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an answer says, one fact a line: what is said, thought, declined and called, why it ended, what it cost. */
final class AnswerFacts {
    private AnswerFacts() {}

    static List<String> of(ChatAnswer answer) {
        List<String> facts = new ArrayList<>();
        for (ChatAnswer.Choice choice : answer.choices()) {
            add(facts, choice, "says", Part.text(choice.parts(), ""));
            add(facts, choice, "thinks", words(choice, Part.Thinking.class));
            add(facts, choice, "declines", words(choice, Part.Refusal.class));
            for (Part part : choice.parts()) {
                if (part instanceof Part.ToolCall call) {
                    add(facts, choice, "calls", call.name() + " " + arguments(call.arguments()));
                } else if (part instanceof Part.Image image) {
                    add(facts, choice, "shows", image.media().toString());
                }
            }
            for (Citation citation : choice.citations()) {
                add(
                        facts,
                        choice,
                        "cites",
                        citation.url() + " \"" + citation.title() + "\" for \""
                                + Part.text(choice.parts(), "").substring(citation.start(), citation.end()) + "\"");
            }
            for (TokenLogprob token : choice.logprobs()) {
                add(
                        facts,
                        choice,
                        "weighs",
                        token.token() + " " + token.logprob() + " before "
                                + token.top().stream()
                                        .map(top -> top.token() + " " + top.logprob())
                                        .toList());
            }
            FinishReason finish = choice.finish();
            add(facts, choice, "ends", finish == null ? "" : finish.reason().toString());
            add(facts, choice, "met", finish == null || finish.stopSequence() == null ? "" : finish.stopSequence());
        }
        Usage usage = answer.usage();
        if (usage != null) {
            facts.add("input " + usage.input() + " output " + usage.output());
            facts.add("cached " + usage.cached());
            facts.add("cache write " + usage.cacheWrite());
            facts.add("reasoning " + usage.reasoning());
        }
        return facts;
    }

    private static void add(List<String> facts, ChatAnswer.Choice choice, String verb, String what) {
        if (!what.isEmpty()) {
            facts.add(choice.index() + " " + verb + " " + what.replace("\n", "\\n"));
        }
    }

    private static String words(ChatAnswer.Choice choice, Class<? extends Part> type) {
        return choice.parts().stream()
                .filter(type::isInstance)
                .map(part -> part instanceof Part.Thinking thinking ? thinking.text() : ((Part.Refusal) part).text())
                .collect(Collectors.joining());
    }

    private static String arguments(String text) {
        try {
            return text == null || text.isBlank() ? "{}" : JsonMeaning.of(Json.read(text));
        } catch (JsonProcessingException broken) {
            return text;
        }
    }
}
