package io.camelback.cli.setup;

/** The formats that clients keep their settings in. */
enum SettingsFormat {
    JSON(new JsonSettingsEditor()),
    TOML(new TomlSettingsEditor()),
    YAML(LineSettingsEditor.yaml()),
    DOTENV(LineSettingsEditor.dotenv());

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
