// What somebody was told.
import { h, sign } from './dom.js';
import { moment } from './words.js';

const SEVERITIES = { critical: ['down', 'bad'], warning: ['failing', 'warn'], info: ['info', 'soft'] };

export function events(state) {
  if (!state.events.length) return h('p', { class: 'empty' }, 'None yet.');
  return h('ol', { class: 'events' }, state.events.slice(0, 60).map(one => {
    const [shape, tone] = SEVERITIES[one.severity] ?? SEVERITIES.info;
    return h('li', { class: tone, 'data-key': one.id }, sign(shape, tone), h('div', null,
      h('p', null, h('span', { class: 'hidden' }, `${one.severity}: `), one.text, one.repeated > 0 && h('span', { class: 'tag' }, `${one.repeated} more alike`)),
      h('p', { class: 'soft' }, h('time', { datetime: one.at }, moment(one.at, state.at)), ` \u00b7 ${one.type}`)));
  }));
}
