package io.camelback.protocol.matrix;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A difference between what the caller said and what the target is told that is as it should be.
 *
 * @param pairs which pairs, as {@code endpoint case -> target}
 * @param line the line of the difference, see {@link FactDifference}
 */
record RequestAllowance(Pattern pairs, Pattern line, String reason) {
    private static final List<RequestAllowance> ALL = List.of(
            of(".* -> anthropic", "\\+ max output = 64000", "max_tokens is required: what the model can write at most"),
            of(".* -> responses", "[-+] max output = (1|5|16)", "this API's least is 16"),
            of(
                    "(openai|anthropic) .*effort-max -> (openai|responses|gemini)|.*request-effort -> (openai|responses|gemini)"
                            + "|responses request-codex -> gemini",
                    "[-+] effort = (MAX|XHIGH|HIGH)",
                    "the target's highest level"),
            of(".* -> gemini", "[-+] effort = (NONE|LOW)", "Gemini Pro cannot but think"),
            of(
                    "gemini endpoint-snake-case -> anthropic",
                    "[-+] effort = (LOW|NONE)",
                    "a forced call and thinking exclude each other"),
            of(".* -> (anthropic|gemini)", "- detail .*", "no such thing"),
            of(".* -> (anthropic|gemini|responses)", "- USER is named .*", "no such thing"),
            of(".* -> gemini", "- user = .*", "no such thing"),
            of(".*", "- label .*", "labels are the caller's own"),
            of(".* -> gemini", "- file name .*", "the Developer API refuses display names"),
            of(".* -> (anthropic|responses)", "- (seed|presence penalty|frequency penalty) = .*", "no such thing"),
            of(".* -> (openai|responses)", "- top_k = .*", "no such thing"),
            of(".* -> responses", "- stop = .*", "no such thing"),
            of(".* -> anthropic", "- stop = \"(\\\\n)+\"", "blank ones are a 400"),
            of("openai request-sampling-plain -> anthropic", "[-+] temperature = 1(.7)?", "1 is the most"),
            of("openai request-sampling-plain -> gemini", "[-+] seed = \\d+", "32 bits"),
            of(".* -> anthropic", "- top_p = .*", "refused beside a temperature, or while the model thinks"),
            of(".* -> gemini", "- parallel calls = .*", "no such thing"),
            of(".* -> anthropic", "- parallel calls = true", "is so unless it is switched off"),
            of(".* -> gemini", "- tool \\w+ is strict", "no such thing for one tool"),
            of(
                    ".* -> (anthropic|gemini)",
                    "[-+] format (name|description|strict) ?=? .*",
                    "a schema has no name there"),
            of(
                    "(openai|responses) request-json-mode -> anthropic",
                    "- format = Json\\[\\]|[-+] system says: .*",
                    "no JSON mode: asked for in words"),
            of(
                    ".*(-schema|tool-call|claude-code|endpoint-tools|results-by-id) -> (anthropic|gemini)",
                    "[-+] (format schema =|tool \\w+ takes) .*",
                    "the target's subset of JSON Schema"),
            of(
                    ".* -> (anthropic|gemini)",
                    "- assistant declines: .*|\\+ assistant says: (I can't.*|No jokes.*)",
                    "no such part: its words stay"),
            of(".* -> openai", "- thinks for .*", "has no form for it"),
            of(".* -> anthropic", "- thinks for (?!anthropic).*", "another provider's thinking"),
            of(".* -> responses", "- thinks for (?!responses).*", "another provider's thinking"),
            of(
                    ".* -> gemini",
                    "- thinks for .*",
                    "Gemini wants its signature back, which stands at the call, and not its words"),
            of(".* -> (openai|anthropic|responses)", "- call \\d is signed .*", "Gemini's signature"),
            of(
                    ".* -> gemini",
                    "\\+ call \\d is signed skip_thought_signature_validator",
                    "calls that Gemini did not make"),
            of(
                    ".*(system-variants|late-system|responses request-multi-turn) -> gemini",
                    "[-+] (system|user) says: .*",
                    "instructions after the first turn are told in a user's turn"),
            of(".*", "~ result of call .*", "results stand in the order of their calls"),
            of(
                    ".* -> (openai|responses)",
                    "[-+] result of call \\d( is an error: |: Error: ).*",
                    "no such mark: its words say so"),
            of(
                    ".*(tool-results|results-by-id|anthropic endpoint-parallel-tools|responses request-(parallel-tools|tool-loop))"
                            + " -> (openai|gemini)",
                    "[-+] result of call \\d(:| shows) .*|\\+ user (shows|says: From the result of) .*",
                    "a result is text: its images and files follow it"),
            of(
                    "openai request-broken-history -> .*|gemini endpoint-tool-results-by-id -> .*",
                    "[-+] result of call 0: .*|\\+ result of call 2: \\(no result\\)|[-+] user says: .*",
                    "every call has one result, and every result a call"),
            of(
                    "openai request-broken-history -> (anthropic|gemini)",
                    "[-+] call 1 is get_weather .*",
                    "arguments are an object there: broken ones are kept as text in it"),
            of(
                    "gemini endpoint-tool-results-by-id -> anthropic",
                    "\\+ tool .*",
                    "calls in the history want their tools"),
            of(
                    "responses request-files -> responses",
                    "- user shows file .*text/plain.*|- file name notes.txt" + "|\\+ user says: notes.txt:.*",
                    "a text file is told as text"),
            of(
                    "openai request-tool-names -> .*",
                    "[-+] (tool|call 1 is|tool to choose =) (files|mcp).*",
                    "a name that the provider refuses; the answer has the caller's own again"),
            of("gemini endpoint-media -> gemini", "[-+] user plays .*", "the names of the types that Gemini lists"));

    static RequestAllowance of(String pairs, String line, String reason) {
        return new RequestAllowance(Pattern.compile(pairs), Pattern.compile(line), reason);
    }

    static List<RequestAllowance> all() {
        return ALL;
    }

    boolean explains(TranslationMatrix.Pair pair, String difference) {
        return pairs.matcher(pair.toString()).matches()
                && line.matcher(difference).matches();
    }
}
