// Breakers and cooldowns by hand, each with a confirmation.
import { $, fill, h, sign } from './dom.js';
import { health } from './health.js';

const dialog = $('hand');
let model = null;

const ACTIONS = [
  ['open', 'Hold its breaker open', 'Nothing is sent to it until somebody closes the breaker.', one => one.breaker.state !== 'forced_open'],
  ['close', 'Close its breaker', 'It gets its share of requests again, at once.', one => one.breaker.state !== 'closed'],
  ['cooldown', 'Cool down', 'Nothing is sent to it for a while; then it comes back by itself.', () => true],
  ['clear-cooldown', 'Clear its cooldowns', 'And that of its provider\u2019s key: it is asked again, at once.', one => one.cooldown || one.key_cooldown],
];

export function show(state, name) {
  model = state.deployments.find(one => one.name === name);
  if (!model) return;
  const now = health(model);
  const possible = ACTIONS.filter(([, , , fits]) => fits(model));
  fill(dialog, h('form', { method: 'dialog', id: 'hand-form' },
    h('h2', { id: 'hand-title' }, `${model.name}, by hand`),
    h('p', { class: 'soft' }, sign(now.shape, now.tone), ` ${now.word} now. Every chain that asks it is touched.`),
    h('fieldset', null, h('legend', { class: 'hidden' }, 'What to do'), possible.map(([action, title, effect], index) =>
      h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'action', value: action, checked: index === 0 }),
        h('span', null, h('b', null, title), h('span', { class: 'under' }, effect),
          action === 'cooldown' && h('span', { class: 'under' }, 'for ', h('input', { type: 'number', id: 'hand-minutes', min: 1, max: 15, value: 15,
            'aria-label': 'Minutes' }), ' minutes'))))),
    h('p', { class: 'bad', id: 'hand-problem', role: 'alert' }),
    h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'quiet', 'data-act': 'leave' }, 'Leave it'),
      h('button', { type: 'submit', class: 'firm', id: 'hand-do' }, 'Do it'))));
  dialog.showModal();
}

async function act() {
  const form = new FormData($('hand-form'));
  const order = { action: form.get('action'), deployment: model.name };
  if (order.action === 'cooldown') order.minutes = Number($('hand-minutes').value);
  const response = await fetch('/api/actions', { method: 'POST', headers: { 'content-type': 'application/json', 'x-camelback-action': '1' },
    body: JSON.stringify(order) });
  if (!response.ok) throw new Error((await response.json()).error?.message ?? `Refused (${response.status})`);
  return order;
}

export function listen(done) {
  dialog.addEventListener('submit', event => {
    event.preventDefault();
    $('hand-do').disabled = true;
    act().then(order => {
      dialog.close();
      done(order);
    }).catch(problem => {
      $('hand-problem').textContent = problem.message;
    }).finally(() => {
      $('hand-do').disabled = false;
    });
  });
  dialog.addEventListener('click', event => {
    if (event.target === dialog || event.target.dataset.act === 'leave') dialog.close();
  });
}
