package hosts;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.KameletMain;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * A Camel application of each kind that has no container: starts the routes of a folder, asks routes by name, prints a line
 * {@code name=answer} for each, the answer in Base64, and ends.
 *
 * <p>Arguments: plain, main or kamelet-main; the folder with routes; the folder with Kamelets; the names of the routes to ask.
 */
public final class Host {
    private Host() { }

    public static void main(String[] args) throws Exception {
        Path routes = Path.of(args[1]);
        String kamelets = "file:" + args[2];
        List<String> names = List.of(args).subList(3, args.length);
        switch (args[0]) {
            case "plain" -> plain(routes, kamelets, names);
            case "main" -> main(new Main(), routes, kamelets, names);
            case "kamelet-main" -> {
                KameletMain main = new KameletMain("main");
                main.setDownload(false);
                main(main, routes, kamelets, names);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0);
    }

    private static void plain(Path routes, String kamelets, List<String> names) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getComponent("kamelet", KameletComponent.class).setLocation(kamelets);
            try (Stream<Path> files = Files.list(routes)) {
                for (Path file : files.sorted().toList()) {
                    Resource resource = PluginHelper.getResourceLoader(context).resolveResource("file:" + file);
                    PluginHelper.getRoutesLoader(context).loadRoutes(resource);
                }
            }
            context.start();
            ask(context, names);
        }
    }

    private static void main(org.apache.camel.main.MainCommandLineSupport main, Path routes, String kamelets, List<String> names)
            throws Exception {
        main.addProperty("camel.component.kamelet.location", kamelets);
        main.configure().withRoutesIncludePattern("file:" + routes + "/*.camel.yaml");
        main.init();
        main.start();
        ask(main.getCamelContext(), names);
        main.stop();
    }

    private static void ask(CamelContext context, List<String> names) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (String name : names) {
                System.out.println(name + "=" + Base64.getEncoder().encodeToString(answer(template, name)));
            }
        }
    }

    private static byte[] answer(ProducerTemplate template, String name) {
        try {
            return template.requestBody("direct:" + name, "", String.class).getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return ("FAILED " + cause).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        }
    }
}
