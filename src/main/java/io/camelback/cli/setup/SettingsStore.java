package io.camelback.cli.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the settings of a client, and takes them back. */
final class SettingsStore {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SettingsStore() {}

    /** What became of a file by an undo. */
    enum Undone {
        /** It has the bytes of before. */
        RESTORED,
        /** It was not there before, and is gone. */
        DELETED,
        /** Others had changed it since: only the settings of setup were put back. */
        SETTINGS_RESTORED,
        /** Setup has not changed it, or that was undone already. */
        UNCHANGED
    }

    /**
     * Changes all these files, after it is clear that each of them can be changed.
     *
     * @throws IOException the message names the file and what is wrong with it
     */
    static void apply(List<SettingsFile> files) throws IOException {
        Map<SettingsFile, String> edited = new LinkedHashMap<>();
        for (SettingsFile file : files) {
            edited.put(file, edited(file));
        }
        for (Map.Entry<SettingsFile, String> entry : edited.entrySet()) {
            SettingsFile file = entry.getKey();
            Path path = SettingsText.real(file.path());
            record(file, path, entry.getValue()).write(path);
            SettingsText.write(path, entry.getValue(), file.holdsSecret());
        }
    }

    /** The text of a file as it is to be. */
    static String edited(SettingsFile file) throws IOException {
        String text = SettingsText.read(SettingsText.real(file.path()));
        try {
            return edit(file, text == null ? "" : text);
        } catch (SettingsFormatException e) {
            throw new IOException(file.path() + " " + e.getMessage() + ". Nothing was changed.", e);
        }
    }

    private static String edit(SettingsFile file, String text) throws SettingsFormatException {
        String mark = mark(text);
        return mark + file.format().edit(text.substring(mark.length()), file.changes());
    }

    private static String mark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    }

    /** A file that setup wrote before keeps its first record, with what others have changed in it since. */
    private static UndoRecord record(SettingsFile file, Path path, String written) throws IOException {
        String now = SettingsText.read(path);
        UndoRecord last = UndoRecord.read(path);
        Set<List<String>> keys = new LinkedHashSet<>();
        file.changes().forEach(change -> keys.add(change.key()));
        if (last == null || now == null) {
            return new UndoRecord(now, written, UndoRecord.permissions(path), List.copyOf(keys));
        }
        keys.addAll(last.keys());
        String before =
                now.equals(last.written()) ? last.before() : withoutSetup(file.format(), now, last, file.path());
        return new UndoRecord(before, written, last.permissions(), List.copyOf(keys));
    }

    /** Takes one file back to what it was. */
    static Undone undo(SettingsFile file) throws IOException {
        Path path = SettingsText.real(file.path());
        UndoRecord record = UndoRecord.read(path);
        String now = SettingsText.read(path);
        if (record == null) {
            return Undone.UNCHANGED;
        }
        Undone undone;
        if (now != null && !now.equals(record.written())) {
            SettingsText.write(path, withoutSetup(file.format(), now, record, file.path()), false);
            undone = Undone.SETTINGS_RESTORED;
        } else if (record.before() == null) {
            Files.deleteIfExists(path);
            undone = Undone.DELETED;
        } else {
            SettingsText.write(path, record.before(), false);
            undone = Undone.RESTORED;
        }
        if (record.permissions() != null && Files.exists(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(record.permissions()));
        }
        Files.deleteIfExists(UndoRecord.beside(path));
        return undone;
    }

    /** The text of now, in which each setting of setup has its old value again. */
    private static String withoutSetup(SettingsFormat format, String now, UndoRecord record, Path path)
            throws IOException {
        SettingsEditor editor = format.editor();
        String before = record.before() == null
                ? ""
                : record.before().substring(mark(record.before()).length());
        String mark = mark(now);
        String text = now.substring(mark.length());
        try {
            for (List<String> key : record.keys()) {
                Optional<String> old = editor.raw(before, key);
                text = old.isPresent() ? editor.set(text, key, old.get()) : editor.remove(text, key);
                if (old.isEmpty() && format == SettingsFormat.JSON) {
                    text = withoutEmptyParents(editor, before, text, key);
                }
            }
            return mark + text;
        } catch (SettingsFormatException e) {
            throw new IOException(
                    path + " " + e.getMessage() + ". What it was before is in " + UndoRecord.beside(path) + ".", e);
        }
    }

    /** Objects that setup made, and that nobody else has put anything into. */
    private static String withoutEmptyParents(SettingsEditor editor, String before, String now, List<String> key)
            throws SettingsFormatException {
        String text = now;
        for (int size = key.size() - 1; size > 0; size--) {
            List<String> parent = new ArrayList<>(key.subList(0, size));
            boolean made = editor.raw(before, parent).isEmpty();
            boolean empty = editor.raw(text, parent)
                    .map(raw -> raw.replaceAll("\\s", "").equals("{}"))
                    .orElse(false);
            text = made && empty ? editor.remove(text, parent) : text;
        }
        return text;
    }
}
