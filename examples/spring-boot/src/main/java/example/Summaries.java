package example;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes the question for a text, in the shape of OpenAI's Chat Completions, and takes the text out of the answer. */
@Component("summaries")
public class Summaries {
    public Map<String, Object> question(String text) {
        return Map.of("model", "premium", "messages", List.of(
                Map.of("role", "system", "content", "Sum up the text in one sentence."),
                Map.of("role", "user", "content", text)));
    }

    public String answer(Map<String, Object> completion) {
        Map<?, ?> choice = (Map<?, ?>) ((List<?>) completion.get("choices")).get(0);
        return (String) ((Map<?, ?>) choice.get("message")).get("content");
    }
}
