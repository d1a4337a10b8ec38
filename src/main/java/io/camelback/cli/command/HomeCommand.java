package io.camelback.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on a home folder, which is checked before it runs. */
public abstract class HomeCommand implements Callable<Integer> {
    private static final int WRONG_OPTIONS = 2;

    @Mixin
    protected HomeOptions home;

    @Spec
    protected CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        String problem = home.problem();
        if (problem != null) {
            spec.commandLine().getErr().println(problem);
            return WRONG_OPTIONS;
        }
        return run();
    }

    /** @return the exit code */
    protected abstract int run() throws Exception;
}
