package io.camelback.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one change makes of a file, and that the reverse change makes the old file of it again. */
class SettingsFormatTest {
    private static final SettingsChange URL = SettingsChange.set("http://x", "env", "URL");
    private static final SettingsChange MODEL = SettingsChange.set("premium", "model");
    private static final SettingsChange DEEP = SettingsChange.set("key", "security", "auth", "type");
    private static final SettingsChange PROVIDER = SettingsChange.set(
            Json.object().put("name", "Camelback").put("wire_api", "responses"), "model_providers", "camelback");
    private static final SettingsChange API = SettingsChange.set("http://x:1/v1", "openai-api-base");

    static Stream<Arguments> edits() {
        return Stream.of(
                // JSON
                edit(SettingsFormat.JSON, URL, "{}", "{\n  \"env\": {\n    \"URL\": \"http://x\"\n  }\n}"),
                edit(SettingsFormat.JSON, MODEL, "{}\n", "{\n  \"model\": \"premium\"\n}\n"),
                edit(
                        SettingsFormat.JSON,
                        MODEL,
                        "{\n\t// mine\n\t\"a\": [1, {}], /* b */\n}\n",
                        "{\n\t\"model\": \"premium\",\n\t// mine\n\t\"a\": [1, {}], /* b */\n}\n"),
                edit(
                        SettingsFormat.JSON,
                        MODEL,
                        "{\"a\":1.50,\"model\":\"opus\",\"b\":{\"model\":2}}",
                        "{\"a\":1.50,\"model\":\"premium\",\"b\":{\"model\":2}}"),
                edit(
                        SettingsFormat.JSON,
                        URL,
                        "{\n    \"env\": {\n        \"A\": \"1\"\n    },\n    \"x\": \"env\"\n}\n",
                        "{\n    \"env\": {\n        \"URL\": \"http://x\",\n        \"A\": \"1\"\n    },\n    \"x\": \"env\"\n}\n"),
                edit(
                        SettingsFormat.JSON,
                        URL,
                        "{\"env\": null, \"x\": [\"\\u00e9\\\"}\"]}",
                        "{\"env\": {\n    \"URL\": \"http://x\"\n  }, \"x\": [\"\\u00e9\\\"}\"]}"),
                edit(
                        SettingsFormat.JSON,
                        DEEP,
                        "{\n  \"security\": {\n    \"auth\": {}\n  }\n}",
                        "{\n  \"security\": {\n    \"auth\": {\n      \"type\": \"key\"\n    }\n  }\n}"),
                edit(
                        SettingsFormat.JSON,
                        SettingsChange.set(
                                Json.object()
                                        .put("a", "1")
                                        .set("o", Json.object().put("b", "2")),
                                "p",
                                "c"),
                        "{\n  \"z\": 0\n}",
                        "{\n  \"p\": {\n    \"c\": {\n      \"a\": \"1\",\n      \"o\": {\n        \"b\": \"2\"\n      }\n    }\n  },\n  \"z\": 0\n}"),
                edit(
                        SettingsFormat.JSON,
                        SettingsChange.remove("env", "KEY"),
                        "{\"env\": {\"A\": 1, \"KEY\": \"k\"}}",
                        "{\"env\": {\"A\": 1}}"),
                edit(
                        SettingsFormat.JSON,
                        SettingsChange.remove("key"),
                        "{\n  \"key\": {\n    \"a\": 1\n  },\n  \"b\": 2\n}\n",
                        "{\n  \"b\": 2\n}\n"),
                edit(SettingsFormat.JSON, SettingsChange.remove("none", "at all"), "{\"a\": 1}", "{\"a\": 1}"),
                // TOML
                edit(
                        SettingsFormat.TOML,
                        MODEL,
                        "# mine\nmodel = 'gpt' # the big one\n[a]\nmodel = \"other\"\n",
                        "# mine\nmodel = \"premium\" # the big one\n[a]\nmodel = \"other\"\n"),
                edit(
                        SettingsFormat.TOML,
                        MODEL,
                        "notes = \"\"\"\nmodel = \"no\"\n[none]\n\"\"\"\nlist = [\n  \"a\", # [b]\n]\n\n# the table\n[a]\nx = 1\n",
                        "notes = \"\"\"\nmodel = \"no\"\n[none]\n\"\"\"\nlist = [\n  \"a\", # [b]\n]\nmodel = \"premium\"\n\n# the table\n[a]\nx = 1\n"),
                edit(SettingsFormat.TOML, MODEL, "# only\n[a]\nx = 1\n", "model = \"premium\"\n# only\n[a]\nx = 1\n"),
                edit(
                        SettingsFormat.TOML,
                        PROVIDER,
                        "model = \"x\"",
                        "model = \"x\"\n\n[model_providers.camelback]\nname = \"Camelback\"\nwire_api = \"responses\"\n"),
                edit(
                        SettingsFormat.TOML,
                        PROVIDER,
                        "[model_providers.other]\nname = \"o\"\n\n[ model_providers . \"camelback\" ] # mine\nname = \"old\"\nbase_url = '''\nx'''\n\n# next\n[projects.\"/a.b\"]\ntrust = \"t\"\n",
                        "[model_providers.other]\nname = \"o\"\n\n[ model_providers . \"camelback\" ] # mine\nname = \"Camelback\"\nwire_api = \"responses\"\n\n# next\n[projects.\"/a.b\"]\ntrust = \"t\"\n"),
                edit(
                        SettingsFormat.TOML,
                        PROVIDER,
                        "a = 1\r\n",
                        "a = 1\r\n\r\n[model_providers.camelback]\r\nname = \"Camelback\"\r\nwire_api = \"responses\"\r\n"),
                edit(SettingsFormat.TOML, SettingsChange.remove("model"), "a = 1\nmodel = [\n1]\n", "a = 1\n"),
                // YAML
                edit(SettingsFormat.YAML, API, "", "openai-api-base: http://x:1/v1\n"),
                edit(
                        SettingsFormat.YAML,
                        MODEL,
                        "# mine\nmodel : gpt # old\nread:\n  - model: a\n",
                        "# mine\nmodel : premium\nread:\n  - model: a\n"),
                edit(SettingsFormat.YAML, MODEL, "model:\n  - a\n- b\nmodels: c", "model: premium\nmodels: c"),
                edit(SettingsFormat.YAML, SettingsChange.set("a: b", "x"), "y: 1", "y: 1\nx: \"a: b\"\n"),
                edit(SettingsFormat.YAML, SettingsChange.set("on", "x"), "", "x: \"on\"\n"),
                edit(SettingsFormat.YAML, SettingsChange.remove("x"), "a: 1\nx: 2\nb: 3\n", "a: 1\nb: 3\n"),
                // .env
                edit(
                        SettingsFormat.DOTENV,
                        SettingsChange.set("http://x", "GEMINI_URL"),
                        "# mine\nexport GEMINI_URL=old\nMY_GEMINI_URL=a",
                        "# mine\nexport GEMINI_URL=http://x\nMY_GEMINI_URL=a"),
                edit(SettingsFormat.DOTENV, SettingsChange.set("a b", "K"), "A=1", "A=1\nK=\"a b\"\n"),
                edit(SettingsFormat.DOTENV, SettingsChange.remove("K"), "A=1\nK=2\n", "A=1\n"));
    }

    private static Arguments edit(SettingsFormat format, SettingsChange change, String before, String after) {
        return Arguments.of(format, change, before, after);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("edits")
    void only_the_setting_changes(SettingsFormat format, SettingsChange change, String before, String after)
            throws Exception {
        assertThat(format.edit(before, List.of(change))).isEqualTo(after);
        assertThat(format.edit(after, List.of(change))).as("a second time").isEqualTo(after);
        assertThat(format.editor().raw(after, change.key()).isPresent()).isEqualTo(change.value() != null);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("edits")
    void the_old_value_comes_back(SettingsFormat format, SettingsChange change, String before, String after)
            throws Exception {
        SettingsEditor editor = format.editor();
        Optional<String> old = editor.raw(before, change.key());
        if (old.isEmpty() || change.value() == null) {
            return;
        }

        String back = editor.set(after, change.key(), old.get());

        assertThat(editor.raw(back, change.key())).isEqualTo(old);
        assertThat(words(back)).isEqualTo(words(before));
    }

    /** All that is no white space: a line that was two may come back as one. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(List.of(text.replaceAll("#.*", "").split("\\s+")));
        words.removeIf(String::isEmpty);
        return words;
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(SettingsFormat.JSON, URL, "{\n\"a\": \n}", "is not valid JSON in line 3."),
                Arguments.of(SettingsFormat.JSON, URL, "{\"a\": 1", "is not valid JSON in line 1."),
                Arguments.of(SettingsFormat.JSON, URL, "{} {", "is not valid JSON in line 1."),
                Arguments.of(SettingsFormat.JSON, URL, "{\"env\": {}, \"env\": {}}", "is not valid JSON in line 1."),
                Arguments.of(SettingsFormat.JSON, URL, "[]", "is no JSON object"),
                Arguments.of(SettingsFormat.JSON, URL, "{\"env\": \"x\"}", "has env, which is no object"),
                Arguments.of(
                        SettingsFormat.JSON,
                        DEEP,
                        "{\"security\":{\"auth\":[1]}}",
                        "has security.auth, which is no object"),
                Arguments.of(SettingsFormat.TOML, MODEL, "a = \"b\nc = 1\n", "is not valid TOML in line 1."),
                Arguments.of(SettingsFormat.TOML, MODEL, "a\n", "is not valid TOML in line 1."),
                Arguments.of(SettingsFormat.TOML, MODEL, "x = 1\na = [1\n", "is not valid TOML in line"),
                Arguments.of(SettingsFormat.TOML, MODEL, "model = 1\nmodel = 2\n", "has model twice."),
                Arguments.of(
                        SettingsFormat.TOML,
                        PROVIDER,
                        "model_providers = { camelback = { name = \"x\" } }\n",
                        "Write it as a table, [model_providers.camelback]"),
                Arguments.of(
                        SettingsFormat.TOML,
                        PROVIDER,
                        "[model_providers]\ncamelback.name = \"x\"\n",
                        "writes model_providers.camelback.name in another form."),
                Arguments.of(SettingsFormat.YAML, MODEL, "model: a\nmodel: b\n", "has model twice."));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refusals")
    void what_cannot_be_changed_is_left_alone(
            SettingsFormat format, SettingsChange change, String text, String problem) {
        assertThatThrownBy(() -> format.edit(text, List.of(change)))
                .isInstanceOf(SettingsFormatException.class)
                .hasMessageContaining(problem);
    }
}
