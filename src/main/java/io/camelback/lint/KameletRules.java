package io.camelback.lint;

import io.camelback.config.yaml.YamlNode;
import java.util.List;
import java.util.stream.Stream;

/** Checks a provider's Kamelet for what keeps streams alive, client headers in and redirects out. */
final class KameletRules {
    private KameletRules() {}

    static void check(String file, YamlNode tree, FindingCollector report) {
        FindingCollector here = report.in(file);
        String name = file.substring(file.lastIndexOf('/') + 1).replace(".kamelet.yaml", "");
        String said = tree.get("metadata", "name").textOr("");
        if (!said.equals(name)) {
            here.error(
                    "kamelet-name",
                    tree.get("metadata").get("name").line(),
                    "metadata.name is " + said,
                    "Camel finds Kamelets" + " by their file's name, and Kaoto by this",
                    "Write name: " + name);
        }
        if (!name.matches(".+-(chat|responses|embeddings)-action")) {
            return;
        }
        List<RouteStep> steps =
                RouteStep.of(tree.get("spec", "template").get("from").get("steps"));
        if (all(steps).noneMatch(ref -> ref.equals("camelback-admit"))) {
            here.error(
                    "kamelet-admission",
                    tree.get("spec").line(),
                    "there is no process: { ref: camelback-admit }",
                    "Cooldowns, quotas and budgets would not be checked, and nothing could be sent",
                    "Make it the first step after deployment");
        }
        if (all(steps).noneMatch(ref -> ref.matches("camelback-(embed-)?from-.+"))) {
            here.error(
                    "kamelet-answer",
                    tree.get("spec").line(),
                    "there is no process: { ref: camelback-from-… }",
                    "The provider's raw response would be taken for an answer",
                    "Make it the last step");
        }
        calls(steps).forEach(call -> call(here, call));
    }

    private static Stream<String> all(List<RouteStep> steps) {
        return steps.stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step.body().get("ref").textOr("")),
                        step.blocks().stream().flatMap(block -> all(block.steps()))));
    }

    private static Stream<RouteStep> calls(List<RouteStep> steps) {
        return steps.stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step)
                                .filter(one -> one.name().equals("to")
                                        && one.body().get("parameters").isThere()),
                        step.blocks().stream().flatMap(block -> calls(block.steps()))));
    }

    private static void call(FindingCollector here, RouteStep call) {
        YamlNode parameters = call.body().get("parameters");
        must(
                here,
                call,
                parameters,
                "disableStreamCache",
                "true",
                "The whole answer is read before its first word is passed on");
        must(
                here,
                call,
                parameters,
                "throwExceptionOnFailure",
                "false",
                "An error's whole body goes into an exception, and its" + " meaning is lost");
        must(
                here,
                call,
                parameters,
                "httpClientConfigurer",
                "#bean:camelback-http",
                "There are no timers, no re-sends, no abort," + " and all headers go out");
        if (!parameters.get("followRedirects").textOr("false").equals("false")) {
            here.error(
                    "kamelet-call",
                    parameters.get("followRedirects").line(),
                    "followRedirects is on",
                    "A provider could send the request, key included, to another host",
                    "Write followRedirects: false");
        }
    }

    private static void must(
            FindingCollector here, RouteStep call, YamlNode parameters, String key, String value, String otherwise) {
        if (!parameters.get(key).textOr("").equals(value)) {
            here.error(
                    "kamelet-call",
                    parameters.get(key).isThere() ? parameters.get(key).line() : call.line(),
                    "the call to the provider lacks " + key + ": " + value,
                    otherwise,
                    "Add it to parameters:");
        }
    }
}
