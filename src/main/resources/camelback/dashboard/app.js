// The page: it hears of the state once a second at most, and draws again what has changed.
import { $, fill, h, sign } from './dom.js';
import { clock, moment, plural } from './words.js';
import { facts, sentence } from './headline.js';
import { chains } from './chains.js';
import { models, unfold } from './models.js';
import { draw } from './charts.js';
import { budgets, outages } from './money.js';
import { requests, showAll, toggle } from './requests.js';
import { events } from './events.js';
import { mark } from './health.js';
import * as hand from './hand.js';

const LIVE = 60;
const state = {};
let range = LIVE;
let far = null;
let planned = false;

const ready = () => state.deployments && state.chains && state.requests;
const history = () => range === LIVE ? state : far ?? state;

/** The last 15 minutes are part of what is live. */
function shown() {
  if (range >= LIVE) return { minutes: history().minutes, summary: history().summary };
  return { minutes: state.minutes.slice(-range), summary: summed(state.minutes.slice(-range)) };
}

function summed(minutes) {
  const sum = name => minutes.reduce((total, minute) => total + (minute[name] ?? 0), 0);
  return { ...state.summary, minutes: minutes.length, requests: sum('requests'), fell_back: sum('fell_back'), degraded: sum('degraded'),
    failed: sum('failed'), broken: sum('broken'), extra_micro_dollars: sum('extra_micro_dollars'),
    micro_dollars: minutes.reduce((total, minute) => total + Object.values(minute.micro_dollars).reduce((all, one) => all + one, 0), 0) };
}

function render() {
  planned = false;
  if (!ready()) return;
  mark(state);
  const { minutes, summary } = shown();
  const said = sentence(state);
  if ($('headline').textContent !== said) $('headline').textContent = said;
  document.title = `${said.split('. ')[0].replace(/\.$/, '')} \u2013 Camelback`;
  fill($('facts'), facts(state, summary));
  fill($('notes'), notes());
  fill($('chain-list'), chains(state));
  fill($('models'), models(state));
  const to = new Date(state.at).getTime();
  fill($('outages'), outages(state, to - range * 60_000, to));
  fill($('budgets'), budgets(state));
  fill($('requests'), requests(state, { odd: $('odd').checked, text: $('find').value }));
  fill($('events'), events(state));
  draw(minutes);
}

function notes() {
  return [state.problem && h('p', { class: 'note bad', role: 'alert', 'data-key': 'problem' }, sign('down', 'bad'),
    h('span', null, h('b', null, `The last edit was not taken; version ${state.version} serves. `), state.problem)),
  state.warnings?.length > 0 && h('details', { class: 'note', 'data-key': 'warnings' }, h('summary', null, plural(state.warnings.length, 'warning')),
    h('ul', null, state.warnings.map(one => h('li', null, one))))];
}

function plan() {
  if (!planned) {
    planned = true;
    requestAnimationFrame(render);
  }
}

function connection(tone, text) {
  fill($('connection'), sign(tone === 'good' ? 'up' : 'failing', tone), document.createTextNode(text));
}

function listen() {
  const live = new EventSource('/api/live');
  live.addEventListener('state', event => {
    for (const [name, value] of Object.entries(JSON.parse(event.data))) {
      if (value === null) delete state[name];
      else state[name] = value;
    }
    connection('good', `live, version ${state.version}, up since ${moment(state.started_at, state.at)}`);
    plan();
  });
  live.addEventListener('error', () => {
    connection('bad', state.at ? `not connected; this is from ${clock(state.at, true)}` : 'not connected');
    if (live.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

async function lookBack() {
  if (range > LIVE) {
    try {
      const asked = range;
      const response = await fetch(`/api/state?minutes=${range}`);
      if (response.ok && asked === range) far = await response.json();
    } catch (offline) {
      connection('bad', 'not connected');
    }
  }
  plan();
}

const ACTS = { unfold, all: showAll, request: id => toggle(id, plan), hand: name => hand.show(state, name) };

document.addEventListener('click', event => {
  const target = event.target.closest('[data-act]');
  const act = target && ACTS[target.dataset.act];
  if (act) {
    act(target.dataset.name);
    plan();
  }
});
$('range').addEventListener('change', event => {
  range = Number(event.target.value);
  far = null;
  lookBack();
});
for (const id of ['odd', 'find']) $(id).addEventListener('input', plan);
setInterval(() => range > LIVE && lookBack(), 15_000);

const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';

function themed() {
  $('theme').textContent = isDark() ? 'Light' : 'Dark';
  $('theme').setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
  plan();
}

$('theme').addEventListener('click', () => {
  const chosen = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen;
  if (!document.documentElement.dataset.stores) localStorage.setItem('camelback-theme', chosen);
  themed();
});
dark.addEventListener('change', themed);
hand.listen(order => {
  $('toast').textContent = `Done: ${order.action} ${order.deployment}`;
  setTimeout(() => {
    $('toast').textContent = '';
  }, 4000);
});
themed();
listen();
