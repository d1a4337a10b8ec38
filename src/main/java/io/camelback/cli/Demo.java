package io.camelback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** placeholder until the demo lands */
@Command(name = "demo")
final class Demo implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}
