// Budgets with where they are going, and outages with what they cost.
import { h, sign } from './dom.js';
import { dollars, extra, moment, percent, plural, reason, span } from './words.js';

const SCOPES = { total: () => 'All together', layer: name => `Layer ${name}`, deployment: name => name, chain: name => `Chain ${name}`,
  key: name => `Key ${name}` };

export function budgets(state) {
  const all = state.budgets ?? [];
  if (!all.length) {
    return h('p', { class: 'empty' }, 'No budget is set, so nothing stops the spending. ', h('code', null, 'budgets:'),
      ' in ', h('code', null, 'config/camelback.yaml'), ' sets one.');
  }
  return all.map(budget);
}

function budget(one) {
  const cap = one.cap_micro_dollars;
  const used = one.spent_micro_dollars + one.reserved_micro_dollars;
  const forecast = one.forecast_micro_dollars;
  const over = forecast > cap;
  const scale = Math.max(cap, used, Math.min(forecast ?? 0, cap * 1.5)) || 1;
  const tone = one.exhausted ? 'bad' : over || used > 0.8 * cap ? 'warn' : 'good';
  return h('article', { class: `budget ${tone}`, 'data-key': `${one.scope} ${one.name} ${one.period}` },
    h('p', { class: 'title' }, sign(one.exhausted ? 'cross' : tone === 'warn' ? 'failing' : 'up', tone),
      h('b', null, SCOPES[one.scope]?.(one.name) ?? one.name), h('span', { class: 'soft' }, ` this ${one.period}`), h('span', { class: 'grow' }),
      h('span', { class: 'figure' }, `${dollars(one.spent_micro_dollars)} of ${dollars(cap)}`)),
    h('div', { class: 'gauge', role: 'img', 'aria-label': `${percent(used, cap)} used`,
      vars: { '--spent': one.spent_micro_dollars / scale, '--held': one.reserved_micro_dollars / scale, '--cap': cap / scale,
        '--forecast': Math.min(1, (forecast ?? 0) / scale) } },
      h('span', { class: 'spent' }), h('span', { class: 'held' }), forecast !== undefined && h('span', { class: 'forecast' }), h('span', { class: 'cap' })),
    h('p', { class: 'detail' }, one.exhausted ? 'No room left: those it covers are skipped. '
      : `${percent(used, cap)} used${one.reserved_micro_dollars ? `, ${dollars(one.reserved_micro_dollars)} of it set aside` : ''}. `,
    forecast === undefined ? 'Too early for a forecast.' : `At this pace ${dollars(forecast)} by the end of the ${one.period}${over ? ', more than the cap' : ''}.`));
}

/** @param from, to the stretch of time that the bars show, in milliseconds */
export function outages(state, from, to) {
  const shown = state.outages.filter(one => new Date(one.until ?? state.at) >= from);
  if (!shown.length) return h('p', { class: 'empty' }, 'None in this time.');
  return shown.slice(0, 12).map(one => outage(one, state, from, to));
}

function outage(one, state, from, to) {
  const begin = new Date(one.from).getTime();
  const end = one.over ? new Date(one.until).getTime() : to;
  const took = Object.entries(one.took_over ?? {}).sort((a, b) => b[1] - a[1]).map(([who, count]) => `${who} ${count}`);
  const left = Math.max(0, (begin - from) / (to - from));
  const right = Math.min(1, (end - from) / (to - from));
  return h('article', { class: `outage ${one.over ? 'over' : 'on'}`, 'data-key': `${one.name} ${one.from}` },
    h('p', { class: 'title' }, sign(one.over ? 'idle' : 'down', one.over ? 'soft' : 'bad'), h('b', null, one.name),
      h('span', null, reason(one.why)), h('span', { class: 'grow' }),
      h('span', { class: 'figure' }, one.over ? `${moment(one.from, state.at)}\u2013${moment(one.until, state.at)}, ${span(end - begin)}`
        : `since ${moment(one.from, state.at)}, ${span(new Date(state.at) - begin)}`)),
    h('div', { class: 'stretch', vars: { '--left': left, '--part': Math.max(0.004, right - left) } }, h('span')),
    h('p', { class: 'detail' }, took.length ? `${plural(one.requests, 'request')} went elsewhere: ${took.join(', ')}. ${
      one.extra_micro_dollars ? `${extra(one.extra_micro_dollars)} against its own price.` : ''}` : 'Nobody asked for it meanwhile.'));
}
