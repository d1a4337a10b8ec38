package io.camelback.cli.command;

import io.camelback.config.reader.PriceListReader;
import io.camelback.config.yaml.ConfigException;
import io.camelback.json.Json;
import io.camelback.pricing.LiteLlmPrices;
import io.camelback.pricing.PriceList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bin/camelback prices}: manages the price list. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Prices of models.",
        subcommands = PricesCommand.Import.class)
public final class PricesCommand extends CommandGroup {
    /** {@code bin/camelback prices import FILE}: writes the list of prices anew. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Write config/prices.yaml from LiteLLM's price map; a running gateway reloads it.",
            footer = {
                "",
                "The map is model_prices_and_context_window.json of github.com/BerriAI/litellm.",
                "A deployment's own price: in config/camelback.yaml counts before the list. The list is replaced, not added to.",
                "Exit codes: 0 written, 1 the file is no price map or the list cannot be written, 2 the options are wrong."
            })
    static final class Import extends HomeCommand {
        @Parameters(paramLabel = "FILE", description = "LiteLLM's price map.")
        private Path file;

        @Override
        protected int run() {
            PrintWriter err = spec.commandLine().getErr();
            try {
                LiteLlmPrices.Imported imported = LiteLlmPrices.read(Json.read(Files.readAllBytes(file)));
                write(imported);
                spec.commandLine()
                        .getOut()
                        .printf(
                                "%d prices are in %s now; %d entries of the map have no price by tokens.%n",
                                imported.lines().size(), PriceList.FILE, imported.left());
                return 0;
            } catch (NoSuchFileException e) {
                err.println("There is no file " + e.getFile() + ".");
            } catch (IOException | IllegalArgumentException | ConfigException e) {
                err.println(file + " was not imported: " + e.getMessage());
            }
            return 1;
        }

        /** Read back before it takes the old list's place: a running gateway looks at this file. */
        private void write(LiteLlmPrices.Imported imported) throws IOException {
            StringBuilder yaml = new StringBuilder(
                    "# Written by bin/camelback prices import from LiteLLM's price map; the next import"
                            + " replaces it.\n# Dollars for a million tokens. A deployment's own price: counts before this list.\nprices:\n");
            imported.lines()
                    .forEach((name, price) -> yaml.append("  ")
                            .append(LiteLlmPrices.key(name))
                            .append(": ")
                            .append(price)
                            .append('\n'));
            PriceListReader.read(yaml.toString(), name -> null);
            Path list = home.home.resolve(PriceList.FILE);
            Path fresh = list.resolveSibling("prices.yaml.new");
            Files.writeString(fresh, yaml);
            Files.move(fresh, list, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
