package clients;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.ai.tool.annotation.ToolParam;

/** The tool that every framework offers. */
public final class Weather {
    static final String MODEL = "balanced";
    static final String SYSTEM = "Be brief.";
    static final String QUESTION = "How warm is it in Zürich, Bern and Chur?";
    private static final Map<String, String> CITIES =
            Map.of("Zürich", "22 degrees", "Bern", "21 degrees", "Chur", "19 degrees");

    final List<String> called = new ArrayList<>();

    @Tool("The weather in a city.")
    @org.springframework.ai.tool.annotation.Tool(description = "The weather in a city.")
    public String weather(@P(name = "city", value = "The city.") @ToolParam(description = "The city.") String city) {
        called.add(city);
        return CITIES.get(city);
    }
}
