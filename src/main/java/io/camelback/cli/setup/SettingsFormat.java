package io.camelback.cli.setup;

/** The formats that clients keep their settings in. */
enum SettingsFormat {
    JSON(new JsonSettingsEditor()),
    TOML(new TomlSettingsEditor()),
    YAML(new LineSettingsEditor(": ", "^(?:%1$s|\"%1$s\"|'%1$s')\\s*:(?=\\s|$)")),
    DOTENV(new LineSettingsEditor("=", "^\\s*(?:export\\s+)?%1$s\\s*="));

    private final SettingsEditor editor;

    SettingsFormat(SettingsEditor editor) {
        this.editor = editor;
    }

    SettingsEditor editor() {
        return editor;
    }

    /** The text with all these changes. */
    String edit(String text, Iterable<SettingsChange> changes) throws SettingsFormatException {
        String edited = text;
        for (SettingsChange change : changes) {
            edited = change.value() == null
                    ? editor.remove(edited, change.key())
                    : editor.set(edited, change.key(), editor.write(edited, change.key(), change.value()));
        }
        return edited;
    }
}
