package io.camelback.testkit.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a maker would refuse in one request: all of it, not just the first. */
public final class Findings {
    /** What kind of rule is broken. */
    public enum Kind {
        /** A field that the maker does not know. */
        UNKNOWN,
        /** Calls and results that do not belong together. */
        ORDER,
        /** A schema that is no JSON Schema 2020-12. */
        SCHEMA,
        /** Everything else. */
        FORM
    }

    /** One broken rule. */
    public record Finding(Kind kind, String path, String rule) {
        @Override
        public String toString() {
            return path + " " + rule;
        }
    }

    private final List<Finding> all = new ArrayList<>();

    public List<Finding> all() {
        return all;
    }

    /** The findings that are not of these kinds. */
    public List<Finding> without(Set<Kind> kinds) {
        return all.stream().filter(finding -> !kinds.contains(finding.kind())).toList();
    }

    public Set<Kind> kinds() {
        return all.stream().map(Finding::kind).collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    void add(Kind kind, String path, String rule) {
        all.add(new Finding(kind, path, rule));
    }

    void form(String path, String rule) {
        add(Kind.FORM, path, rule);
    }

    /** @return whether the rule holds */
    boolean require(boolean holds, String path, String rule) {
        if (!holds) {
            form(path, rule);
        }
        return holds;
    }

    /** Fields other than these are not known. */
    void only(JsonNode object, String path, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                add(Kind.UNKNOWN, path + "." + name, "is not known");
            }
        });
    }

    /** No field of an object may be null but these. */
    void noNulls(JsonNode object, String path, Set<String> but) {
        object.properties().forEach(field -> {
            if (field.getValue().isNull() && !but.contains(field.getKey())) {
                form(path + "." + field.getKey(), "is null");
            }
        });
    }

    boolean string(JsonNode holder, String path, String field) {
        return require(holder.path(field).isTextual(), path + "." + field, "is no string");
    }

    boolean matches(JsonNode holder, String path, String field, Pattern pattern) {
        return string(holder, path, field)
                && require(
                        pattern.matcher(holder.get(field).textValue()).matches(),
                        path + "." + field,
                        "does not match " + pattern + ": " + holder.get(field));
    }

    boolean array(JsonNode holder, String path, String field) {
        return require(
                holder.path(field).isArray() && !holder.path(field).isEmpty(),
                path + "." + field,
                "is no array with elements");
    }

    /** Standard base64 with padding, of at least one byte. */
    boolean base64(JsonNode holder, String path, String field) {
        if (!string(holder, path, field)) {
            return false;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(holder.get(field).textValue());
            return require(bytes.length > 0, path + "." + field, "is empty");
        } catch (IllegalArgumentException bad) {
            form(path + "." + field, "is no base64");
            return false;
        }
    }

    /** An address, or standard base64 in a data URL. */
    void url(JsonNode holder, String path, String field, boolean data) {
        String text = holder.path(field).asText();
        int comma = text.indexOf(";base64,");
        if (data && text.startsWith("data:") && comma > 5) {
            try {
                require(
                        Base64.getDecoder().decode(text.substring(comma + 8)).length > 0,
                        path + "." + field,
                        "is a data URL without data");
            } catch (IllegalArgumentException bad) {
                form(path + "." + field, "is a data URL with bad base64");
            }
        } else {
            require(text.matches("https?://.+"), path + "." + field, "is no URL: " + text);
        }
    }

    void range(JsonNode holder, String path, String field, double min, double max) {
        JsonNode value = holder.path(field);
        if (!value.isMissingNode() && !value.isNull()) {
            require(
                    value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max,
                    path + "." + field,
                    "is not from " + min + " to " + max + ": " + value);
        }
    }
}
