// A conversation with each client: it offers one tool, thinks, and sends everything back as the client's users do.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const name = 'weather';
const description = 'The weather in a city.';

export const clients = base => ({
  openai: new OpenAI({ baseURL: `${base}/v1`, apiKey: 'any', maxRetries: 0 }),
  anthropic: new Anthropic({ baseURL: base, apiKey: 'any', maxRetries: 0 }),
  google: new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: base } }),
});

class ChatCompletions {
  #messages = [{ role: 'system', content: 'Be brief.' }];

  constructor({ openai }) { this.client = openai; }

  say(text, stream) {
    this.#messages.push({ role: 'user', content: text });
    return this.#ask(stream);
  }

  results(calls, results, stream) {
    calls.forEach((call, i) => this.#messages.push({ role: 'tool', tool_call_id: call.id, content: results[i] }));
    return this.#ask(stream);
  }

  async #ask(stream) {
    const tools = [{ type: 'function', function: { name, description, parameters: schema } }];
    const request = { model: 'balanced', messages: this.#messages, tools, reasoning_effort: 'high' };
    const completions = this.client.chat.completions;
    const answer = stream ? await completions.stream(request).finalChatCompletion() : await completions.create(request);
    const message = answer.choices[0].message;
    this.#messages.push(message);
    const calls = (message.tool_calls ?? []).map(call => ({ id: call.id, args: JSON.parse(call.function.arguments) }));
    return { model: answer.model, text: message.content ?? '', calls };
  }
}

class Responses {
  #input = [];

  constructor({ openai }) { this.client = openai; }

  say(text, stream) {
    this.#input.push({ role: 'user', content: text });
    return this.#ask(stream);
  }

  results(calls, results, stream) {
    calls.forEach((call, i) => this.#input.push({ type: 'function_call_output', call_id: call.id, output: results[i] }));
    return this.#ask(stream);
  }

  async #ask(stream) {
    const request = {
      model: 'balanced', instructions: 'Be brief.', input: this.#input, store: false,
      tools: [{ type: 'function', name, description, parameters: schema, strict: true }],
      include: ['reasoning.encrypted_content'], reasoning: { effort: 'high', summary: 'auto' },
    };
    const { responses } = this.client;
    const answer = stream ? await responses.stream(request).finalResponse() : await responses.create(request);
    this.#input.push(...answer.output);
    const of = type => answer.output.filter(item => item.type === type);
    const thinking = of('reasoning').flatMap(item => item.summary.map(part => part.text)).join('');
    const calls = of('function_call').map(call => ({ id: call.call_id, args: JSON.parse(call.arguments) }));
    return { model: answer.model, text: answer.output_text, thinking, calls };
  }
}

class Messages {
  #messages = [];

  constructor({ anthropic }) { this.client = anthropic; }

  say(text, stream) {
    this.#messages.push({ role: 'user', content: text });
    return this.#ask(stream);
  }

  results(calls, results, stream) {
    const content = calls.map((call, i) => ({ type: 'tool_result', tool_use_id: call.id, content: results[i] }));
    this.#messages.push({ role: 'user', content });
    return this.#ask(stream);
  }

  async #ask(stream) {
    const request = {
      model: 'balanced', max_tokens: 4000, system: 'Be brief.', messages: this.#messages, thinking: { type: 'adaptive' },
      tools: [{ name, description, input_schema: schema }],
    };
    const { messages } = this.client;
    const answer = stream ? await messages.stream(request).finalMessage() : await messages.create(request);
    this.#messages.push({ role: 'assistant', content: answer.content });
    const of = type => answer.content.filter(block => block.type === type);
    const text = of('text').map(block => block.text).join('');
    const thinking = of('thinking').map(block => block.thinking).join('');
    return { model: answer.model, text, thinking, calls: of('tool_use').map(block => ({ id: block.id, args: block.input })) };
  }
}

class GenerateContent {
  constructor({ google }) {
    const tools = [{ functionDeclarations: [{ name, description, parametersJsonSchema: schema }] }];
    const thinkingConfig = { includeThoughts: true, thinkingBudget: 2000 };
    this.chat = google.chats.create({ model: 'balanced', config: { systemInstruction: 'Be brief.', tools, thinkingConfig } });
  }

  say(text, stream) { return this.#ask(text, stream); }

  results(calls, results, stream) {
    return this.#ask(calls.map((call, i) => ({ functionResponse: { id: call.id, name, response: { output: results[i] } } })), stream);
  }

  async #ask(message, stream) {
    const answers = [];
    if (stream) {
      for await (const chunk of await this.chat.sendMessageStream({ message })) answers.push(chunk);
    } else {
      answers.push(await this.chat.sendMessage({ message }));
    }
    const parts = answers.flatMap(answer => answer.candidates?.[0]?.content?.parts ?? []);
    const text = thought => parts.filter(part => part.text && !part.thought === !thought).map(part => part.text).join('');
    const calls = parts.filter(part => part.functionCall).map(({ functionCall: call }) => ({ id: call.id, args: call.args }));
    return { model: answers.at(-1).modelVersion, text: text(false), thinking: text(true), calls };
  }
}

export const talks = { ChatCompletions, Responses, Messages, GenerateContent };
