// Tool loops of three turns: node loops.mjs <gateway> <control>. Each turn another provider may be the one that is up.
import assert from 'node:assert/strict';
import { clients, talks } from './talks.mjs';

const [gateway, control] = process.argv.slice(2);
const MODELS = ['claude-sonnet-5-5', 'gpt-5.4-mini', 'gemini-3.8-flash'];
const FAULTS = 5;
const ORDERS = [[0, 0, 0], [1, 1, 1], [2, 2, 2], [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
const all = clients(gateway);
let failed = 0;

const answers = wish => fetch(`${control}/answers`, { method: 'POST', body: JSON.stringify(wish) });
const call = city => ({ name: 'weather', args: { city } });

function check(said, by, thinking, cities, text) {
  assert.equal(said.model, MODELS[by]);
  assert.deepEqual(said.calls.map(made => made.args.city), cities);
  assert.equal(said.text, text);
  if (said.thinking !== undefined) assert.equal(said.thinking, thinking);
}

async function loop(talk, stream, order, fault) {
  await answers({ by: order[0], fault, calls: [call('Zürich'), call('Bern')], reasoning: 'Let me look.' });
  const first = await talk.say('How warm is it in Zürich, Bern and Chur?', stream);
  check(first, order[0], 'Let me look.', ['Zürich', 'Bern'], '');

  await answers({ by: order[1], fault, calls: [call('Chur')], reasoning: 'One more.' });
  const second = await talk.results(first.calls, ['22 degrees', '21 degrees'], stream);
  check(second, order[1], 'One more.', ['Chur'], '');

  await answers({ by: order[2], fault, text: '22, 21 and 19.', reasoning: 'Tell.' });
  check(await talk.results(second.calls, ['19 degrees'], stream), order[2], 'Tell.', [], '22, 21 and 19.');
  const shown = await (await fetch(`${control}/shown?${order[2]}`)).text();
  for (const seen of ['Zürich', 'Bern', 'Chur', '22 degrees', '21 degrees', '19 degrees']) assert.ok(shown.includes(seen), seen);
}

async function attempt(what, run) {
  try {
    await run();
    console.log(`ok      ${what}`);
  } catch (e) {
    failed++;
    console.log(`FAILED  ${what}: ${e.message}`);
  }
}

for (const [name, Talk] of Object.entries(talks)) {
  for (const stream of [false, true]) {
    for (const [i, order] of ORDERS.entries()) {
      const what = `${name}, ${stream ? 'streaming' : 'plain'}, ${order.map(by => MODELS[by]).join(' > ')}`;
      await attempt(what, () => loop(new Talk(all), stream, order, i % FAULTS));
    }
  }
}
const hi = [{ role: 'user', content: 'hi' }];
await answers({ by: 0, fault: 0, text: 'Hello.' });
await attempt('OpenAI lists models', async () => assert.ok((await all.openai.models.list()).data.length > 9));
await attempt('Anthropic lists models', async () => assert.ok((await all.anthropic.models.list()).data.length > 9));
await attempt('Anthropic counts tokens', async () =>
  assert.ok((await all.anthropic.messages.countTokens({ model: 'balanced', messages: hi })).input_tokens > 0));
await attempt('both see the request\'s id', async () => {
  assert.match((await all.openai.chat.completions.create({ model: 'balanced', messages: hi }))._request_id, /^req_/);
  assert.match((await all.anthropic.messages.create({ model: 'balanced', max_tokens: 9, messages: hi }))._request_id, /^req_/);
});
await attempt('an unknown model is not found', async () => {
  const unknown = { status: 404 };
  await assert.rejects(() => all.openai.chat.completions.create({ model: 'nobody', messages: hi }), unknown);
  await assert.rejects(() => all.openai.responses.create({ model: 'nobody', input: 'hi' }), unknown);
  await assert.rejects(() => all.anthropic.messages.create({ model: 'nobody', max_tokens: 9, messages: hi }), unknown);
  await assert.rejects(() => all.google.models.generateContent({ model: 'nobody', contents: 'hi' }), unknown);
});
process.exit(failed === 0 ? 0 : 1);
