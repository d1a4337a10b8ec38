package io.camelback.cli.terminal;

import java.io.IOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal in raw mode: keys are read one by one and are not echoed. Restored when closed, or when the JVM ends.
 */
public final class RawTerminal implements AutoCloseable {
    /** What {@link #read} returns when the terminal is gone. */
    public static final int GONE = NonBlockingReader.EOF;

    private static final Size USUAL = Size.of(80, 24);

    private final Terminal terminal;

    private RawTerminal(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @return null where input or output is no terminal, or its settings cannot be changed */
    public static RawTerminal open() throws IOException {
        Terminal terminal;
        try {
            terminal = TerminalBuilder.builder()
                    .provider("exec")
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .graphemeCluster(false)
                    .dumb(false)
                    .build();
        } catch (IllegalStateException noTerminal) {
            return null;
        }
        terminal.enterRawMode();
        return new RawTerminal(terminal);
    }

    /**
     * @return the next key; {@link #GONE}, or another negative number when none was pressed for so many milliseconds
     */
    public int read(long millis) throws IOException {
        return terminal.reader().read(millis);
    }

    public Size size() {
        Size size = terminal.getSize();
        return size.getRows() > 0 && size.getColumns() > 0 ? size : USUAL;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
