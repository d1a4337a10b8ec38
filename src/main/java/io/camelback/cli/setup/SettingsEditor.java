package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Changes single settings in the text of a file. All other text stays as it is, comments included. A raw value is one
 * as it stands in the file.
 */
interface SettingsEditor {
    /**
     * The raw value of a setting; empty when there is none.
     *
     * @throws SettingsFormatException when the text is not of this format
     */
    Optional<String> raw(String text, List<String> key) throws SettingsFormatException;

    /**
     * The text with this raw value.
     *
     * @throws SettingsFormatException when the text is not of this format, or has no place for the setting
     */
    String set(String text, List<String> key, String raw) throws SettingsFormatException;

    /** The text without the setting. */
    String remove(String text, List<String> key) throws SettingsFormatException;

    /** The raw value that says this, for its place in this text. */
    String write(String text, List<String> key, JsonNode value);
}
