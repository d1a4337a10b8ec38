// What state each model and each chain is in, in one word and one sign.
import { reason, span } from './words.js';

/** @returns {{shape, tone, word, more, out}} `out` when nothing is sent to it now */
export function health(model) {
  const park = model.cooldown ?? model.key_cooldown;
  const breaker = model.breaker.state;
  if (!model.usable) return { shape: 'off', tone: 'soft', word: 'no key', more: model.needs, out: true, absent: true };
  if (breaker === 'forced_open') return { shape: 'held', tone: 'bad', word: 'held open by hand', out: true };
  if (model.key_cooldown) return { shape: 'cooldown', tone: 'bad', word: `key cooldown ${span(park.left_ms)}`, more: park.reason, out: true };
  if (breaker === 'open') return { shape: 'down', tone: 'bad', word: model.breaker.left_ms ? `breaker open ${span(model.breaker.left_ms)}` : 'breaker open', more: why(model), out: true };
  if (park) return { shape: 'cooldown', tone: 'warn', word: `cooldown ${span(park.left_ms)}`, more: park.reason, out: true };
  if (breaker === 'half_open') return { shape: 'trying', tone: 'try', word: 'being tried again', more: why(model) };
  if (model.withheld) return { shape: 'failing', tone: 'warn', word: reason(model.withheld.reason), more: model.withheld.why };
  if (model.breaker.failures > 2 && model.failed > model.answered) return { shape: 'failing', tone: 'warn', word: 'failing', more: why(model) };
  if (model.answered + model.failed === 0) return { shape: 'idle', tone: 'soft', word: 'idle' };
  return { shape: 'up', tone: 'good', word: 'up' };
}

const RECENT = 15 * 60_000;
const WITHHOLDING = ['budget', 'quota', 'no_ledger', 'no_price', 'in_flight_cap'];

/** Tells each model whether it was passed over the last time that it came to it, for want of money or of room. */
export function mark(state) {
  const since = new Date(state.at) - RECENT;
  const seen = new Map();
  for (const request of state.requests) {
    if (new Date(request.at) < since) break;
    for (const turn of [...request.attempts].reverse()) if (!seen.has(turn.deployment)) seen.set(turn.deployment, turn);
  }
  for (const model of state.deployments) {
    const turn = seen.get(model.name);
    model.withheld = turn?.outcome === 'skipped' && WITHHOLDING.includes(turn.reason) ? turn : null;
  }
}

function why(model) {
  return model.last_failure ? reason(model.last_failure.reason) : null;
}

export const byName = state => new Map(state.deployments.map(model => [model.name, model]));

/** Those that are configured, and that nothing is sent to. */
export const outOfService = state => state.deployments.filter(model => model.usable && health(model).out);

/** Whether a chain can still come to a model's answer. */
export function reaches(state, name, seen = new Set()) {
  if (seen.has(name)) return false;
  seen.add(name);
  const chain = state.chains.find(one => one.name === name);
  const models = byName(state);
  return chain ? chain.links.some(link => link.kind === 'chain' ? reaches(state, link.name, seen)
    : models.has(link.name) && !health(models.get(link.name)).out)
    : models.has(name) && !health(models.get(name)).out;
}

export const outageOf = (state, name) => state.outages.find(outage => outage.name === name && !outage.over);

/** Who took over most, of an outage. */
export function standIn(outage) {
  return Object.entries(outage?.took_over ?? {}).sort((one, other) => other[1] - one[1])[0]?.[0];
}
