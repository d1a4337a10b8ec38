package io.camelback.camel.bundle;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.LoadedConfig;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.config.reader.PriceListReader;
import io.camelback.pricing.PriceList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Where the bundle's routes, Kamelets and configuration are read from: a folder, or the class path for a host that has
 * only the jar.
 *
 * @param root a resource prefix such as {@code file:/srv/camelback} or {@code classpath:camelback}
 * @param kamelets the location of the Kamelets, as Camel's Kamelet component wants it
 */
public record BundleLocation(String root, String kamelets) {
    private static final String CLASS_PATH = "classpath:";
    /** The names of the route files in the jar, one a line. */
    private static final String LIST = "routes/index.txt";

    public static BundleLocation in(Path home) {
        String root = "file:" + home.toAbsolutePath().normalize();
        return new BundleLocation(root, root + "/kamelets,classpath:kamelets");
    }

    static BundleLocation onClassPath() {
        return new BundleLocation("classpath:camelback", "classpath:kamelets");
    }

    /** All route files, in the order of their names, but chains last: they use what the others define. */
    List<Resource> routes(CamelContext context) throws Exception {
        List<Resource> sorted = new ArrayList<>(
                root.startsWith(CLASS_PATH)
                        ? listed(context)
                        : PluginHelper.getPackageScanResourceResolver(context)
                                .findResources(root + "/routes/**/*.camel.yaml"));
        sorted.sort(Comparator.comparing(Resource::getLocation));
        return sorted;
    }

    /** By the list that the build puts beside them: not every class loader finds the files of a folder. */
    private List<Resource> listed(CamelContext context) throws IOException {
        String list = text(context, LIST);
        if (list == null) {
            throw new IOException("There is no " + root + "/" + LIST + " on the class path. Build the jar with Maven.");
        }
        return list.lines()
                .filter(name -> !name.isBlank())
                .map(name -> PluginHelper.getResourceLoader(context).resolveResource(root + "/routes/" + name))
                .toList();
    }

    /** The configuration, with the list of prices where there is one. */
    LoadedConfig config(CamelContext context, Function<String, String> environment) throws IOException {
        String yaml = text(context, CamelbackConfig.FILE);
        if (yaml == null) {
            throw new IOException("There is no " + root + "/" + CamelbackConfig.FILE);
        }
        return CamelbackConfigReader.read(
                yaml,
                CamelbackConfig.FILE,
                PriceListReader.read(text(context, PriceList.FILE), environment),
                environment);
    }

    /** The configuration of a home folder, before there is a Camel context. */
    public static CamelbackConfig config(Path home, Function<String, String> environment) throws IOException {
        Path prices = home.resolve(PriceList.FILE);
        PriceList list = PriceListReader.read(Files.exists(prices) ? Files.readString(prices) : null, environment);
        return CamelbackConfigReader.read(
                        Files.readString(home.resolve(CamelbackConfig.FILE)), CamelbackConfig.FILE, list, environment)
                .config();
    }

    private String text(CamelContext context, String file) throws IOException {
        Resource resource = PluginHelper.getResourceLoader(context).resolveResource(root + "/" + file);
        if (resource == null || !resource.exists()) {
            return null;
        }
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where Kamelets are looked for in a context that has its own, too. @param others the context's own places */
    String kameletsBeside(String others) {
        if (!root.startsWith(CLASS_PATH)) {
            return kamelets;
        }
        boolean known =
                others != null && List.of(others.trim().split("\\s*,\\s*")).contains(kamelets);
        return known ? others : others == null || others.isBlank() ? kamelets : others + "," + kamelets;
    }

    /** The HTTP endpoints need an HTTP server, which a host may not have. */
    public static boolean isHttpEndpoint(Resource resource) {
        return resource.getLocation().matches(".*/api(-[a-z]+)?\\.camel\\.yaml");
    }
}
