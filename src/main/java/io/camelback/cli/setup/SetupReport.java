package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What setup has done, for people and for programs. No key is shown. */
final class SetupReport {
    private final SetupClient client;
    private final boolean dryRun;
    private final ObjectNode json;
    private final List<String> lines = new ArrayList<>();

    SetupReport(SetupClient client, boolean dryRun) {
        this.client = client;
        this.dryRun = dryRun;
        this.json = Json.object().put("client", client.toString());
        json.putArray("files");
    }

    void checked(String model, String answeredBy) {
        json.putObject("check").put("model", model).put("answered_by", answeredBy);
        lines.add("A request for " + model + " was answered by " + answeredBy + ".");
    }

    void written(SetupTarget target, ClientSettings settings) {
        json.put("url", target.url()).put("model", target.model()).put("written", !dryRun);
        target.chains().forEach(json.putArray("chains")::add);
        settings.steps().forEach(json.putArray("steps")::add);
        for (SettingsFile file : settings.files()) {
            ObjectNode told =
                    json.withArray("files").addObject().put("file", file.path().toString());
            ObjectNode values = told.putObject("settings");
            lines.add(file.path() + (dryRun ? " would get" : " has got") + " these settings:");
            for (SettingsChange change : file.changes()) {
                if (change.secret()) {
                    values.put(change.name(), "the value of $" + target.keyVariable());
                } else {
                    values.set(change.name(), change.value());
                }
                String value = change.secret()
                        ? "holds the value of $" + target.keyVariable()
                        : change.value() == null ? "is removed, if it is there" : Json.text(change.value());
                lines.add("  " + change.name() + (change.secret() || change.value() == null ? " " : " = ") + value);
            }
        }
        lines.add("Chains of this gateway: " + String.join(", ", target.chains()) + ".");
        lines.addAll(settings.steps());
        if (!dryRun && !settings.files().isEmpty()) {
            lines.add("To take it back: bin/camelback setup " + client + " --undo");
        }
    }

    void undone(SettingsFile file, SettingsStore.Undone undone) {
        json.withArray("files")
                .addObject()
                .put("file", file.path().toString())
                .put("undone", undone.name().toLowerCase(Locale.ROOT));
        lines.add(file.path()
                + switch (undone) {
                    case RESTORED -> " is as it was before setup.";
                    case DELETED -> " is removed: setup had made it.";
                    case SETTINGS_RESTORED -> " was changed since: only the settings of setup were taken back.";
                    case UNCHANGED -> " has nothing of setup to take back.";
                });
    }

    ObjectNode json() {
        return json;
    }

    List<String> lines() {
        return lines.isEmpty()
                ? List.of(client.title() + " has no settings file: take its settings back by hand.")
                : lines;
    }
}
