// The chains as they run: their links in order, what state each is in, and how much it carries.
import { h, sign } from './dom.js';
import { number, percent, plural } from './words.js';
import { byName, health, reaches } from './health.js';

export function chains(state) {
  const models = byName(state);
  const all = state.chains.map(chain => ({ asked: chain.asked, row: row(chain, models, state) }));
  return [all.filter(one => one.asked).map(one => one.row),
    h('div', { class: 'idles' }, all.filter(one => !one.asked).map(one => one.row))];
}

function row(chain, models, state) {
  const dead = !reaches(state, chain.name);
  return h('article', { class: `chain${chain.asked ? '' : ' idle'}`, 'data-key': chain.name, id: `chain-${chain.name}` },
    h('div', { class: 'who' }, h('h3', null, chain.name), h('p', { class: 'soft' },
      chain.asked ? [h('span', null, plural(chain.asked, 'request')), ' ', h('span', null, `${percent(chain.fell_back, chain.asked)} fell back`)] : 'not asked')),
    h('ol', { class: 'links' }, chain.links.map((link, index) => step(chain, link, index, models, state))),
    dead && h('p', { class: 'dead' }, sign('cross', 'bad'), 'no model left'));
}

function step(chain, link, index, models, state) {
  const now = link.kind === 'deployment' ? models.has(link.name) ? health(models.get(link.name)) : null
    : link.kind === 'chain' ? behind(state, link) : { shape: 'info', tone: 'soft', word: 'fixed answer' };
  if (!now) return null;
  const said = now.word === 'up' || now.word === 'idle' ? null : now.more ? `${now.word}: ${now.more}` : now.word;
  const share = link.share ?? 0;
  return h('li', { class: `link ${now.tone}${now.out ? ' out' : ''}${share >= 0.5 ? ' most' : ''}`, 'data-key': `${index} ${link.name}` },
    h('p', { class: 'title' }, sign(now.shape, now.tone), link.kind === 'chain'
      ? h('a', { href: `#chain-${link.name}` }, link.name) : h('span', null, link.name),
    h('span', { class: 'hidden' }, said ? '' : `, ${now.word}`)),
    h('p', { class: 'carried' }, h('span', { class: 'meter', vars: { '--part': share } }), h('span', { class: 'figure' },
      chain.asked ? percent(link.answered, chain.asked) : '\u2013'),
    h('span', { class: 'hidden' }, ` answered ${number(link.answered)}`)),
    said && h('p', { class: 'state' }, said));
}

function behind(state, link) {
  return reaches(state, link.name) ? { shape: 'chain', tone: 'soft', word: 'up' }
    : { shape: 'cross', tone: 'bad', word: 'no model left', out: true };
}
