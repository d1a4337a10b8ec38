package io.camelback.failure;

import java.nio.charset.StandardCharsets;

/** Error bodies as the providers send them, one for each row of docs/wire-formats.md 4.1 and its variants. */
enum ProviderErrorBody {
    OPENAI_RATE("""
            {
                "error": {
                    "message": "Rate limit reached for gpt-x in organization org-1 on tokens per min (TPM): Limit 30000, Used \
                    29000, Requested 2000. Please try again in 6m0s.",
                    "type": "tokens",
                    "param": null,
                    "code": "rate_limit_exceeded"
                }
            }
            """),
    OPENAI_QUOTA("""
            {"error":{"message":"You exceeded your current quota, please check your plan and billing details.",\
            "type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"""),
    OPENAI_CREDIT("""
            {"error":{"message":"Your credit balance is exhausted.","type":"insufficient_quota","param":null,\
            "code":"credit_balance_exhausted"}}"""),
    OPENAI_PARAM("""
            {"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model.",\
            "type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}"""),
    OPENAI_KEY("""
            {"error":{"message":"Incorrect API key provided: sk-canary-abcd. You can find your API key at \
            https://platform.openai.com.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"""),
    OPENAI_CONTEXT("""
            {"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 \
            tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""),
    OPENAI_POLICY("""
            {"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.",\
            "type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"""),
    OPENAI_MODEL("""
            {"error":{"message":"The model `gpt-0` does not exist or you do not have access to it.",\
            "type":"invalid_request_error","param":null,"code":"model_not_found"}}"""),
    OPENAI_FILE("""
            {"error":{"message":"No such File object: file-123","type":"invalid_request_error","param":"id","code":null}}"""),
    OPENAI_SERVER("""
            {"error":{"message":"The server had an error while processing your request.","type":"server_error","param":null,\
            "code":null}}"""),
    RESPONSES_FAILED("""
            {"type":"response.failed","sequence_number":3,"response":{"id":"resp_1","object":"response","status":"failed",\
            "error":{"code":"server_error","message":"An error occurred."},"output":[]}}"""),
    RESPONSES_ERROR_EVENT("""
            {"type":"error","sequence_number":1,"code":"rate_limit_exceeded","message":"Slow down.","param":null}"""),
    ANTHROPIC_OVERLOADED("""
            {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011"}"""),
    ANTHROPIC_RATE("""
            {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate \
            limit of 50,000 input tokens per minute."},"request_id":"req_011"}"""),
    ANTHROPIC_SPEND("""
            {"type":"error","error":{"type":"rate_limit_error","message":"You have reached your spend limit.",\
            "details":{"error_code":"enforced_spend_limit_reached"}},"request_id":"req_012"}"""),
    ANTHROPIC_CREDIT("""
            {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the \
            Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."},"request_id":"req_013"}"""),
    ANTHROPIC_PARAM("""
            {"type":"error","error":{"type":"invalid_request_error","message":"messages.0.content.1.text: text content blocks \
            must be non-empty"},"request_id":"req_014"}"""),
    ANTHROPIC_SIGNATURE("""
            {"type":"error","error":{"type":"invalid_request_error","message":"messages.1.content.0: Invalid `signature` in \
            `thinking` block"},"request_id":"req_014"}"""),
    ANTHROPIC_OTHER_PREFIX("""
            {"type":"error","error":{"type":"invalid_request_error","message":"messages.3.content.0: `thinking` block is bound to \
            a different conversation"},"request_id":"req_041"}"""),
    ANTHROPIC_CHANGED_THINKING("""
            {"type":"error","error":{"type":"invalid_request_error","message":"messages.1.content.0: `thinking` or \
            `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were \
            in the original response."},"request_id":"req_042"}"""),
    ANTHROPIC_NO_THINKING_FIRST("""
            {"type":"error","error":{"type":"invalid_request_error","message":"messages.1.content.0.type: Expected `thinking` or \
            `redacted_thinking`, but found `tool_use`."},"request_id":"req_043"}"""),
    OPENAI_ENCRYPTED("""
            {"error":{"message":"The encrypted content for item rs_1 could not be verified. Reason: Encrypted content \
            organization_id did not match the target organization.","type":"invalid_request_error","param":null,\
            "code":"invalid_encrypted_content"}}"""),
    OPENAI_LONE_REASONING("""
            {"error":{"message":"Item 'rs_1' of type 'reasoning' was provided without its required following item.",\
            "type":"invalid_request_error","param":"input","code":null}}"""),
    GEMINI_NO_SIGNATURE("""
            {"error":{"code":400,"message":"Function call is missing a thought_signature in functionCall parts. This is required \
            for tools to work correctly.","status":"INVALID_ARGUMENT"}}"""),
    GEMINI_CORRUPTED("""
            {"error":{"code":400,"message":"Corrupted thought signature.","status":"INVALID_ARGUMENT"}}"""),
    ANTHROPIC_CONTEXT("""
            {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 209999 tokens > 200000 \
            maximum"},"request_id":"req_015"}"""),
    ANTHROPIC_MODEL("""
            {"type":"error","error":{"type":"not_found_error","message":"model: claude-0"},"request_id":"req_016"}"""),
    ANTHROPIC_FILE("""
            {"type":"error","error":{"type":"not_found_error","message":"File not found: file_011abc"},\
            "request_id":"req_016"}"""),
    ANTHROPIC_TOO_LARGE("""
            {"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}"""),
    ANTHROPIC_KEY("""
            {"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_017"}"""),
    ANTHROPIC_BILLING("""
            {"type":"error","error":{"type":"billing_error","message":"Payment required"},"request_id":"req_018"}"""),
    ANTHROPIC_POLICY("""
            {"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"},\
            "request_id":"req_019"}"""),
    GEMINI_MINUTE("""
            {"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. \
            Please retry in 37.2s.","status":"RESOURCE_EXHAUSTED","details":[
              {"@type":"type.googleapis.com/google.rpc.QuotaFailure",\
              "violations":[{"quotaMetric":"generativelanguage.googleapis.com/generate_content_requests",\
              "quotaId":"GenerateRequestsPerMinutePerProjectPerModel","quotaDimensions":{"model":"gemini-x"}}]},
              {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37s"}]}}"""),
    GEMINI_DAY("""
            {"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.",\
            "status":"RESOURCE_EXHAUSTED","details":[
              {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"RATE_LIMIT_EXCEEDED","domain":"googleapis.com"},
              {"@type":"type.googleapis.com/google.rpc.QuotaFailure",\
              "violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
              {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"}]}}"""),
    GEMINI_NO_FREE_TIER("""
            {"error":{"code":429,"message":"Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: \
            gemini-x","status":"RESOURCE_EXHAUSTED"}}"""),
    GEMINI_KEY("""
            {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT",\
            "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID",\
            "domain":"googleapis.com"}]}}"""),
    GEMINI_FIELD("""
            {"error":{"code":400,"message":"Invalid value at 'generation_config.top_k'","status":"INVALID_ARGUMENT",\
            "details":[{"@type":"type.googleapis.com/google.rpc.BadRequest",\
            "fieldViolations":[{"field":"generation_config.top_k","description":"Invalid value"}]}]}}"""),
    GEMINI_REGION("""
            {"error":{"code":400,"message":"User location is not supported for the API use.",\
            "status":"FAILED_PRECONDITION"}}"""),
    GEMINI_FILE_STATE("""
            {"error":{"code":400,"message":"The File abc is not in an ACTIVE state and usage is not allowed.",\
            "status":"FAILED_PRECONDITION"}}"""),
    GEMINI_CONTEXT("""
            {"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed \
            (1048576).","status":"INVALID_ARGUMENT"}}"""),
    GEMINI_UNAVAILABLE("""
            {"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}"""),
    GEMINI_COMPAT_ARRAY("""
            [{"error":{"code":404,"message":"models/gemini-0 is not found for API version v1main.","status":"NOT_FOUND"}}]"""),
    GEMINI_INTERACTIONS("""
            {"error":{"code":"invalid_request","message":"Bad input"}}"""),
    AZURE_FILTER("""
            {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management \
            policy.","type":null,"param":"prompt","code":"content_filter","status":400,\
            "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,\
            "severity":"high"}}}}}"""),
    AZURE_GATEWAY("""
            {"statusCode":401,"message":"Access denied due to invalid subscription key."}"""),
    AZURE_DEPLOYMENT("""
            {"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}"""),
    BEDROCK_PLAIN("""
            {"message":"Too many tokens, please wait before trying again."}"""),
    BEDROCK_TYPED("""
            {"__type":"com.amazonaws.bedrock#ThrottlingException","message":"Too many requests"}"""),
    OPENROUTER("""
            {"error":{"code":502,"message":"Provider returned error","metadata":{"raw":"upstream connect error",\
            "provider_name":"Acme"}},"user_id":"user_1"}"""),
    OPENROUTER_CONTEXT("""
            {"error":{"code":400,"message":"Provider returned error",\
            "metadata":{"raw":"{\\"error\\":{\\"message\\":\\"maximum context length is 32768 tokens\\"}}",\
            "provider_name":"Acme"}}}"""),
    OPENROUTER_MODERATION("""
            {"error":{"code":403,"message":"Your chosen model requires moderation and your input was flagged",\
            "metadata":{"reasons":["violence"],"flagged_input":"…","provider_name":"Acme"}}}"""),
    OPENROUTER_CHOICE("""
            {"id":"gen-1","choices":[{"index":0,"finish_reason":"error","error":{"code":502,"message":"Provider \
            disconnected"},"message":{"role":"assistant","content":""}}]}"""),
    MISTRAL_FLAT("""
            {"object":"error","message":"Invalid model: mistral-0","type":"invalid_model","param":null,"code":"1500"}"""),
    MISTRAL_VALIDATION("""
            {"detail":[{"type":"extra_forbidden","loc":["body","messages",0,"name"],"msg":"Extra inputs are not permitted",\
            "input":"bob"}]}"""),
    MISTRAL_NEW("""
            {"message":"Requests rate limit exceeded","request_id":"9f8e"}"""),
    XAI_TEXT_CODE("""
            {"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***12. You can obtain an \
            API key from https://console.x.ai."}"""),
    XAI_TEXT("""
            {"error":"This model's maximum prompt length is 131072 but the request contains 140000 tokens."}"""),
    GROQ_TOOL("""
            {"error":{"message":"Failed to call a function. Please adjust your prompt.","type":"invalid_request_error",\
            "code":"tool_use_failed","failed_generation":"<function=get>"}}"""),
    GROQ_TPM("""
            {"error":{"message":"Request too large for model `llama-x` on tokens per minute (TPM): Limit 6000, Requested \
            8000","type":"tokens","code":"rate_limit_exceeded"}}"""),
    DEEPSEEK_BALANCE("""
            {"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"""),
    ZAI_BALANCE("""
            {"error":{"code":"1113","message":"Insufficient balance or no resource package."}}"""),
    ZAI_RATE("""
            {"error":{"code":"1302","message":"High concurrency usage of this API."}}"""),
    MINIMAX_RATE("""
            {"id":"0","choices":null,"base_resp":{"status_code":1002,"status_msg":"rate limit"}}"""),
    MINIMAX_BALANCE("""
            {"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}"""),
    MINIMAX_PARAMS("""
            {"base_resp":{"status_code":2013,"status_msg":"invalid params"}}"""),
    OLLAMA_NATIVE("""
            {"error":"model 'llama9' not found"}"""),
    LLAMACPP_CONTEXT("""
            {"error":{"code":400,"message":"the request exceeds the available context size",\
            "type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}"""),
    LLAMACPP_LOADING("""
            {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"""),
    LLAMACPP_TEMPLATE("""
            {"error":{"code":500,"message":"Jinja Exception: Conversation roles must alternate user/assistant",\
            "type":"server_error"}}"""),
    VLLM_CONTEXT("""
            {"error":{"message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",\
            "type":"BadRequestError","param":null,"code":400}}"""),
    VLLM_FLAT("""
            {"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","param":null,"code":404}"""),
    LMSTUDIO_CONTEXT("""
            {"error":"Trying to keep the first 5000 tokens when context the overflows. The number of tokens is greater than \
            the context length."}"""),
    HTML("""
            <html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad \
            Gateway</h1></center><hr>nginx</body></html>"""),
    EMPTY(""),
    BROKEN("{\"error\":{\"message\":\"cut o");

    private final String text;

    ProviderErrorBody(String text) {
        this.text = text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    ProviderError error() {
        return ProviderErrorReader.read(bytes());
    }
}
