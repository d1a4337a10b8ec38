// The latest requests, each with its turns as a waterfall: when a turn began, its first token, its end, and why it ended.
import { h, sign } from './dom.js';
import { clock, dollars, extra, millis, number, reason, tier } from './words.js';

const RESULTS = {
  answered: ['up', 'good', 'answered'], degraded: ['failing', 'warn', 'degraded'], failed: ['cross', 'bad', 'no answer'],
  refused: ['off', 'soft', 'refused'], broken: ['cross', 'bad', 'broke off'], cancelled: ['off', 'soft', 'caller left'],
};
const FIRST = matchMedia('(max-width: 640px)').matches ? 10 : 25;
const open = new Set();
const plans = new Map();
let all = false;

/** @param again called when there is more to show */
export function toggle(id, again) {
  plans.delete(id);
  if (open.delete(id)) return;
  open.add(id);
  explain(id).then(plan => {
    plans.set(id, plan);
    again();
  });
}

/** Why it went where it did; null when that is not known any more. */
async function explain(id) {
  try {
    const response = await fetch(`/v1/explain?id=${encodeURIComponent(id)}`);
    return response.ok ? await response.json() : null;
  } catch (offline) {
    return null;
  }
}

export function showAll() {
  all = true;
}

const fellBack = request => request.attempts.some(turn => turn.outcome === 'failed'
  || turn.outcome === 'skipped' && !['chain_ended', 'no_fallback', 'had_its_turn'].includes(turn.reason));

function matches(request, text) {
  return !text || [request.id, request.chain, request.model, request.error, request.task, ...request.attempts.map(turn => turn.deployment)]
    .some(word => word?.toLowerCase().includes(text));
}

export function requests(state, { odd, text }) {
  const found = state.requests.filter(one => (!odd || one.result !== 'answered' || fellBack(one)) && matches(one, text.trim().toLowerCase()));
  if (!found.length) return h('p', { class: 'empty' }, state.requests.length ? 'None of the latest is like that.' : 'None yet.');
  return [h('ol', { class: 'requests' }, (all ? found : found.slice(0, FIRST)).map(request)),
    !all && found.length > FIRST && h('button', { type: 'button', class: 'quiet', 'data-act': 'all', 'data-key': 'more' }, `Show all ${found.length}`)];
}

function request(one) {
  const [shape, tone, word] = RESULTS[one.result] ?? ['info', 'soft', one.result];
  const shown = open.has(one.id);
  const id = `turns-${one.id}`;
  const turned = fellBack(one);
  return h('li', { class: `request${shown ? ' open' : ''}`, 'data-key': one.id },
    h('button', { type: 'button', class: 'head', 'data-act': 'request', 'data-name': one.id, 'aria-expanded': String(shown), 'aria-controls': id },
      h('span', { class: 'when' }, clock(one.at, true)),
      h('span', { class: `result ${tone}` }, sign(shape, tone), h('span', null, word)),
      h('span', { class: 'path' }, one.chain, h('span', { class: 'arrow' }, ' \u2192 '), h('b', null, one.model ?? (one.degraded ? tier(one.degraded) : 'nobody')),
        turned && h('span', { class: 'tag' }, detours(one))),
      h('span', { class: 'mini', 'aria-hidden': 'true' }, one.attempts.filter(turn => turn.started_ms !== undefined).map(turn => bar(one, turn))),
      h('span', { class: 'took' }, millis(one.took_ms)),
      h('span', { class: 'price' }, one.micro_dollars === undefined ? '\u2013' : dollars(one.micro_dollars))),
    h('div', { class: 'turns', id, hidden: !shown }, shown && detail(one)));
}

function detours(one) {
  const count = outcome => one.attempts.filter(turn => turn.outcome === outcome && turn.reason !== 'chain_ended').length;
  return [['failed', count('failed')], ['skipped', count('skipped')]].filter(([, times]) => times).map(([word, times]) => `${times} ${word}`).join(', ');
}

const place = (one, ms) => Math.min(1, ms / Math.max(1, one.took_ms));

function bar(one, turn) {
  const first = turn.first_token_ms !== undefined && turn.took_ms ? Math.min(1, turn.first_token_ms / turn.took_ms) : null;
  return h('span', { class: `part ${turn.outcome}`, vars: { '--left': place(one, turn.started_ms), '--part': place(one, turn.took_ms ?? 0) } },
    first !== null && h('span', { class: 'first', vars: { '--at': first } }));
}

function detail(one) {
  return [h('ol', { class: 'waterfall', 'aria-label': `The turns of ${one.id}` }, one.attempts.map((turn, index) => attempt(one, turn, index))),
    h('p', { class: 'axis', 'aria-hidden': 'true' }, [0, 0.25, 0.5, 0.75, 1].map(at => h('span', null, at ? millis(at * one.took_ms) : '0'))),
    h('dl', null, pair('request', h('code', null, one.id)), pair('came by', `${one.endpoint}${one.streamed ? ', streamed' : ''}`),
      pair('status', one.status), one.error && pair('told', one.error), one.degraded && pair('degraded', one.degraded),
      one.complexity !== undefined && pair('complexity', one.complexity), one.task && pair('task', one.task),
      one.extra_micro_dollars !== 0 && pair('against the first link', extra(one.extra_micro_dollars))),
    reasons(plans.get(one.id))];
}

const pair = (name, value) => h('div', null, h('dt', null, name), h('dd', null, value));

/** Whom the plan had kept, in order, and why it passed over the others. */
function reasons(plan) {
  if (!plan?.plan?.length) return null;
  const kept = plan.plan.filter(link => link.kept).map(link => link.deployment);
  return h('dl', { class: 'plan' }, pair('planned', kept.length ? kept.join(', then ') : 'nobody'),
    plan.plan.filter(link => !link.kept).map(link => pair('passed over', `${link.deployment}: ${link.why}`)),
    (plan.attempts ?? []).filter(turn => turn.message).map(turn => pair(`${turn.deployment} said`, turn.message)),
    (plan.escalations ?? []).map(step => pair(`on to ${step.layer}`, reason(step.trigger))));
}

const WORDS = { answered: ['up', 'good'], failed: ['cross', 'bad'], skipped: ['off', 'soft'] };

function attempt(one, turn, index) {
  const [shape, tone] = WORDS[turn.outcome] ?? WORDS.skipped;
  const said = turn.outcome === 'answered' ? answer(turn) : `${reason(turn.reason)}${turn.status ? ` ${turn.status}` : ''}`;
  const why = turn.why && turn.why !== reason(turn.reason) ? turn.why : null;
  return h('li', { class: `turn ${turn.outcome}`, 'data-key': `${index}` },
    h('span', { class: 'model' }, sign(shape, tone), turn.deployment),
    h('span', { class: 'lane', 'aria-hidden': 'true' }, turn.started_ms !== undefined && bar(one, turn)),
    h('span', { class: 'said' }, h('b', null, turn.outcome === 'skipped' ? 'not asked: ' : '', said), why && h('span', { class: 'soft' }, ` \u00b7 ${why}`),
      turn.outcome !== 'skipped' && h('span', { class: 'soft' }, times(turn))));
}

function answer(turn) {
  return turn.output_tokens === undefined ? 'answered'
    : `answered, ${turn.estimated ? 'about ' : ''}${number(turn.input_tokens)} + ${number(turn.output_tokens)} tokens`;
}

function times(turn) {
  const parts = [`began at ${millis(turn.started_ms ?? 0)}`];
  if (turn.first_token_ms !== undefined) parts.push(`first token after ${millis(turn.first_token_ms)}`);
  parts.push(`took ${millis(turn.took_ms)}`);
  return ` \u00b7 ${parts.join(', ')}`;
}
