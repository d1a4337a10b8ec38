package io.camelback.chat;

/**
 * Whether the model may, must or must not call a tool.
 *
 * @param name the tool it must call; null unless {@code mode} is {@code NAMED}
 */
public record ToolChoice(Mode mode, String name) {
    public enum Mode {
        AUTO,
        NONE,
        REQUIRED,
        NAMED
    }

    public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, null);
    public static final ToolChoice NONE = new ToolChoice(Mode.NONE, null);
    public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, null);

    public static ToolChoice named(String name) {
        return new ToolChoice(Mode.NAMED, name);
    }

    /** Whether the model is made to call a tool. */
    public boolean forced() {
        return mode == Mode.REQUIRED || mode == Mode.NAMED;
    }
}
