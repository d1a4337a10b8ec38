// Every model with its figures. Those out of service come first, then those that carry most; the idle ones are folded away.
import { h, sign } from './dom.js';
import { millis, number, percent, reason } from './words.js';
import { health } from './health.js';

const HEADS = [['Model', ''], ['State', ''], ['Answered', 'n'], ['Share', ''], ['Failed', ''], ['p50', 'n'], ['p99', 'n'],
  ['First token', 'n'], ['In flight', 'n'], ['', 'n']];

let unfolded = false;

export function unfold() {
  unfolded = !unfolded;
}

export function models(state) {
  const whole = state.deployments.reduce((sum, model) => sum + model.answered, 0);
  const all = state.deployments.map(model => ({ model, now: health(model) }))
    .sort((one, other) => rank(other) - rank(one) || other.model.answered - one.model.answered);
  const busy = all.filter(one => rank(one) > 0);
  const rest = all.length - busy.length;
  return [h('div', { class: 'scroll' }, h('table', null,
    h('thead', null, h('tr', null, HEADS.map(([text, kind]) => h('th', { scope: 'col', class: kind },
      text || h('span', { class: 'hidden' }, 'By hand'))))),
    h('tbody', null, (unfolded || !busy.length ? all : busy).map(one => row(one, whole))))),
  busy.length > 0 && rest > 0 && h('button', { type: 'button', class: 'quiet', 'data-act': 'unfold', 'aria-expanded': String(unfolded) },
    unfolded ? 'Hide the idle ones' : `Show ${rest} idle ones`)];
}

function rank({ model, now }) {
  if (now.absent) return -1;
  return now.out ? 3 : now.shape === 'idle' ? 0 : now.tone === 'good' ? 1 : 2;
}

function row({ model, now }, whole) {
  const failures = Object.entries(model.failures ?? {}).filter(([, count]) => count)
    .map(([kind, count]) => `${reason(kind)} ${number(count)}`).join(', ');
  const cell = (label, kind, ...content) => h('td', { class: kind, 'data-label': label }, content);
  return h('tr', { 'data-key': model.name, class: now.out ? 'out' : null },
    h('th', { scope: 'row' }, model.name, h('span', { class: 'under' }, `${model.provider} \u00b7 ${model.model} \u00b7 tier ${model.tier}`)),
    cell('State', `state ${now.tone}`, h('span', { class: 'with' }, sign(now.shape, now.tone), now.word),
      now.more && h('span', { class: 'under' }, now.more)),
    cell('Answered', 'n', number(model.answered)),
    cell('Share', 'wide', h('span', { class: 'meter', vars: { '--part': whole ? model.answered / whole : 0 } }),
      h('span', { class: 'figure' }, percent(model.answered, whole))),
    cell('Failed', '', model.failed ? [h('b', { class: 'bad' }, number(model.failed)), h('span', { class: 'under' }, failures)] : '\u2013'),
    cell('p50', 'n', millis(model.p50_ms)),
    cell('p99', 'n', millis(model.p99_ms)),
    cell('First token', 'n', millis(model.first_token_p50_ms)),
    cell('In flight', 'n', `${number(model.in_flight)}`),
    cell('', 'n', model.usable && h('button', { type: 'button', class: 'quiet', 'data-act': 'hand', 'data-name': model.name,
      'aria-label': `Open, close or cool down ${model.name} by hand`, 'aria-haspopup': 'dialog' }, 'By hand')));
}
