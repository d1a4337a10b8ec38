package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a provider's message is kept. */
class MessageRedactorTest {
    static Stream<Arguments> messages() {
        return Stream.of(new String[][] {
                    {
                        "Incorrect API key provided: sk-proj-abcdef0123456789. You can find your API key at https://platform.openai.com/account/api-keys.",
                        "Incorrect API key provided: [key]. You can find your API key at [url]"
                    },
                    {
                        "Rate limit reached for gpt-4o in organization org-Ab12Cd34Ef56 on tokens per min (TPM): Limit 30000, Used 29500.",
                        "Rate limit reached for gpt-4o in organization [id] on tokens per min (TPM): Limit 30000, Used 29500."
                    },
                    {
                        "You exceeded your current quota, please check your plan and billing details.",
                        "You exceeded your current quota, please check your plan and billing details."
                    },
                    {
                        "API key not valid. Please pass a valid API key. AIzaSyA-1234567890abcdefghijklmnopqrstu",
                        "API key not valid. Please pass a valid API key. [key]"
                    },
                    {
                        "Permission denied on resource project 123456789012.",
                        "Permission denied on resource project [number]."
                    },
                    {
                        "Publisher Model `projects/my-company-prod/locations/us/models/x` was not found.",
                        "Publisher Model `projects/[id]` was not found."
                    },
                    {
                        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: bedrock:InvokeModel",
                        "User: [account] is not authorized to perform: bedrock:InvokeModel"
                    },
                    {
                        "messages.0.content.1.text: Input should be a valid string",
                        "messages.0.content.1.text: Input should be a valid string"
                    },
                    {
                        "max_tokens: 9000 > 8192, which is the maximum for claude-3.5-haiku",
                        "max_tokens: 9000 > 8192, which is the maximum for claude-3.5-haiku"
                    },
                    {
                        "dial tcp 10.1.2.3:8080: connect: connection refused",
                        "dial tcp [host]: connect: connection refused"
                    },
                    {"dial tcp [fe80:1:2:3:4:5:6:7]:443: no route", "dial tcp [host]: no route"},
                    {
                        "Invalid image_url: data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==, expected a supported image",
                        "Invalid image_url: [data], expected a supported image"
                    },
                    {"getaddrinfo ENOTFOUND llm-backend", "getaddrinfo ENOTFOUND [host]"},
                    {"upstream vllm-7.models.svc.cluster.local:8000 timed out", "upstream [host] timed out"},
                    {
                        "The deployment at mycompany.openai.azure.com does not exist",
                        "The deployment at [host] does not exist"
                    },
                    {"Contact bob.smith@example.com for access", "Contact [email] for access"},
                    {"Authorization: Bearer eyJhbGciOi.abc.def is expired", "Authorization: Bearer [key] is expired"},
                    {"subscription 1b4e28ba-2fa1-11d2-883f-0016d3cca427 is disabled", "subscription [id] is disabled"},
                    {"Organization 'Acme Rockets Ltd' has been disabled.", "Organization [id] has been disabled."},
                    {"account: acme-prod, is suspended", "account: [id], is suspended"},
                    {"token=abcdef123456 was rejected", "token=[key] was rejected"},
                    {
                        "bad value \"" + "a caller's own words ".repeat(6) + "\" in messages",
                        "bad value [text] in messages"
                    },
                    {"two\nlines\u0000and\ttabs", "two lines and tabs"},
                    {"   ", null},
                    {null, null}
                })
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("messages")
    void keeps_what_was_wrong_and_not_whose_it_was(String message, String kept) {
        assertThat(MessageRedactor.redact(message)).isEqualTo(kept);
    }

    @Test
    void is_short_whatever_comes_and_takes_no_time_for_it() {
        for (String piece :
                List.of("a", "a.", "a b ", "x-", "1:", "@", "'", "\ud83d\ude00", "http://", "org-", "sk-")) {
            String kept = MessageRedactor.redact(piece.repeat(100_000));
            assertThat(kept == null ? 0 : kept.length()).isLessThanOrEqualTo(MessageRedactor.LONGEST);
            assertThat(kept == null || !Character.isHighSurrogate(kept.charAt(kept.length() - 1)))
                    .isTrue();
        }
    }

    @Test
    void a_failure_carries_it_beside_its_own_words() {
        ProviderException failure = FailureClassifier.classify(
                401,
                name -> null,
                ProviderErrorReader.read(
                        "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key provided: sk-1234567890.\"}}"
                                .getBytes()),
                false,
                java.time.Instant.EPOCH);
        assertThat(failure.providerMessage()).isEqualTo("Incorrect API key provided: [key].");
        assertThat(failure).hasMessage("401 invalid_api_key");
    }
}
