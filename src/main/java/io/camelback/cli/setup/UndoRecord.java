package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a settings file was before {@code setup}, kept beside it. It holds the whole old text, and so is the owner's
 * alone.
 *
 * @param before the text of before; null when there was no file
 * @param written the text that setup has written
 * @param permissions those of before, as {@code rw-r--r--}; null when there was no file or the system has none
 * @param keys the settings that setup changed
 */
record UndoRecord(String before, String written, String permissions, List<List<String>> keys) {

    /** Where the record of a settings file is. */
    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".camelback-undo");
    }

    /** @return null when there is none */
    static UndoRecord read(Path file) throws IOException {
        String text = SettingsText.read(beside(file));
        if (text == null) {
            return null;
        }
        JsonNode record = Json.read(text);
        List<List<String>> keys = new ArrayList<>();
        record.path("keys")
                .forEach(key -> keys.add(StreamSupport.stream(key.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()));
        return new UndoRecord(
                record.path("before").textValue(),
                record.path("written").asText(),
                record.path("permissions").textValue(),
                keys);
    }

    void write(Path file) throws IOException {
        ObjectNode record = Json.object()
                .put("file", file.getFileName().toString())
                .put("before", before)
                .put("written", written)
                .put("permissions", permissions);
        ArrayNode all = record.putArray("keys");
        keys.forEach(key -> key.forEach(all.addArray()::add));
        SettingsText.write(beside(file), record.toPrettyString() + "\n", true);
    }

    static String permissions(Path file) throws IOException {
        return Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                : null;
    }
}
