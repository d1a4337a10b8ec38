// A tool loop that a framework runs: node frameworks.mjs FRAMEWORK GATEWAY (stream|plain)
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool as langchainTool } from '@langchain/core/tools';
import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { DESCRIPTION, main, MODEL, NAME, QUESTION, SYSTEM, tell, weather } from './weather.mjs';

const inputSchema = z.object({ city: z.string() });
const thinking = { type: 'enabled', budgetTokens: 2048 };

/** Vercel's AI SDK: it sends results back by itself. */
const vercel = (provider, providerOptions) => async (base, stream) => {
  const request = {
    model: provider(base), system: SYSTEM, prompt: QUESTION, maxRetries: 0, stopWhen: stepCountIs(5), providerOptions,
    tools: { [NAME]: tool({ description: DESCRIPTION, inputSchema, execute: async input => weather(input) }) },
  };
  if (!stream) {
    return tell((await generateText(request)).text);
  }
  const answer = streamText(request);
  for await (const part of answer.fullStream) {
    if (part.type === 'error') throw part.error;
  }
  tell(await answer.text);
};

/** LangChain's chat models. */
const langchain = create => async (base, stream) => {
  const model = create(base).bindTools([langchainTool(async input => weather(input), { name: NAME, description: DESCRIPTION, schema: inputSchema })]);
  const messages = [new SystemMessage(SYSTEM), new HumanMessage(QUESTION)];
  for (;;) {
    let answer;
    if (stream) {
      for await (const chunk of await model.stream(messages)) answer = answer === undefined ? chunk : answer.concat(chunk);
    } else {
      answer = await model.invoke(messages);
    }
    messages.push(answer);
    if (!answer.tool_calls?.length) return tell(answer.text);
    for (const call of answer.tool_calls) {
      messages.push(new ToolMessage({ content: weather(call.args), tool_call_id: call.id, name: call.name }));
    }
  }
};

const openai = base => createOpenAI({ baseURL: `${base}/v1`, apiKey: 'any' });
const more = { model: MODEL, apiKey: 'any', maxRetries: 0 };

await main({
  vercelChat: vercel(base => openai(base).chat(MODEL), { openai: { reasoningEffort: 'high' } }),
  vercelResponses: vercel(base => openai(base).responses(MODEL), {
    openai: { store: false, forceReasoning: true, reasoningEffort: 'high', reasoningSummary: 'auto', include: ['reasoning.encrypted_content'] },
  }),
  vercelCompatible: vercel(base => createOpenAICompatible({ name: 'camelback', baseURL: `${base}/v1`, apiKey: 'any' })(MODEL), {}),
  vercelAnthropic: vercel(base => createAnthropic({ baseURL: `${base}/v1`, apiKey: 'any' })(MODEL), { anthropic: { thinking } }),
  vercelGoogle: vercel(base => createGoogleGenerativeAI({ baseURL: `${base}/v1beta`, apiKey: 'any' })(MODEL), {
    google: { thinkingConfig: { includeThoughts: true } },
  }),
  langchainChat: langchain(base => new ChatOpenAI({ ...more, configuration: { baseURL: `${base}/v1` }, reasoning: { effort: 'high' } })),
  langchainResponses: langchain(base => new ChatOpenAI({
    ...more, configuration: { baseURL: `${base}/v1` }, useResponsesApi: true, zdrEnabled: true, reasoning: { effort: 'high', summary: 'auto' },
  })),
  langchainAnthropic: langchain(base => new ChatAnthropic({
    ...more, anthropicApiUrl: base, maxTokens: 8000, thinking: { type: 'enabled', budget_tokens: 2048 },
  })),
  langchainGoogle: langchain(base => new ChatGoogleGenerativeAI({ ...more, baseUrl: base, thinkingConfig: { includeThoughts: true } })),
});
