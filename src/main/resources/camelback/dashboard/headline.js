// What somebody on call must know in five seconds: what is down, what carries the load, what it costs, what was degraded.
import { h, sign } from './dom.js';
import { dollars, extra, list, moment, number, percent, plural, reason, span } from './words.js';
import { health, outageOf, outOfService, reaches, standIn } from './health.js';

export function sentence(state) {
  const out = outOfService(state);
  const stranded = state.chains.filter(chain => chain.asked > 0 && !reaches(state, chain.name));
  if (stranded.length) {
    const chains = stranded.map(chain => chain.name);
    return `No model is left for ${chains.length > 4 ? `${chains.length} chains` : list(chains)}.`;
  }
  if (out.length) return `${subject(out)} out of service. ${carrying(state, out)}`;
  const failing = state.deployments.filter(model => health(model).shape === 'failing');
  if (failing.length) return `${list(failing.map(model => model.name))} ${failing.length > 1 ? 'fail' : 'fails'} more than not. ${carrying(state, [])}`;
  const withheld = state.deployments.filter(model => model.withheld);
  if (withheld.length) return `${subject(withheld)} passed over: ${reason(withheld[0].withheld.reason)}. ${carrying(state, withheld)}`;
  return `All models are up. ${carrying(state, [])}`;
}

function subject(out) {
  const names = out.map(model => model.name);
  return names.length > 3 ? `${names.length} models are` : `${list(names)} ${names.length > 1 ? 'are' : 'is'}`;
}

function carrying(state, out) {
  const stands = [...new Set(out.map(model => standIn(outageOf(state, model.name))).filter(who => who && who !== 'nobody'))];
  if (stands.length && stands.length < 4) return `${list(stands)} ${stands.length > 1 ? 'take' : 'takes'} over.`;
  const [first] = carriers(state);
  if (!first) return 'Nobody has asked in the last 15 minutes.';
  return `${first.name} carries ${out.length || first.share < 1 ? 'most' : 'all'} of the load.`;
}

function carriers(state) {
  const whole = state.deployments.reduce((sum, model) => sum + model.answered, 0);
  return state.deployments.filter(model => model.answered).map(model => ({ name: model.name, share: model.answered / whole }))
    .sort((one, other) => other.share - one.share);
}

export function facts(state, summary) {
  return [down(state), load(state), cost(summary), degraded(summary)];
}

const fact = (name, title, tone, value, ...more) => h('div', { class: 'fact', 'data-key': name }, h('h2', null, title),
  h('p', { class: `value ${tone}` }, value), more);

function down(state) {
  const out = outOfService(state);
  const absent = state.deployments.filter(model => !model.usable).length;
  const lines = out.slice(0, 4).map(model => {
    const outage = outageOf(state, model.name);
    const now = health(model);
    return h('p', { class: 'detail' }, sign(now.shape, now.tone), h('b', null, model.name), ' ',
      outage ? `${reason(outage.why)}, since ${moment(outage.from, state.at)} (${span(new Date(state.at) - new Date(outage.from))})` : now.word);
  });
  return fact('down', 'Down', out.length ? 'bad' : 'good', out.length ? plural(out.length, 'model') : 'Nothing', lines,
    out.length > 4 && h('p', { class: 'detail' }, `and ${out.length - 4} more`),
    absent > 0 && h('p', { class: 'detail soft' }, `${plural(absent, 'model')} without a key`));
}

function load(state) {
  const all = carriers(state);
  return fact('load', 'Carries the load', '', all.length ? all[0].name : 'Nobody yet', all.slice(0, 4).map(one =>
    h('p', { class: 'detail share' }, h('span', { class: 'meter', vars: { '--part': one.share } }), h('span', { class: 'figure' },
      percent(one.share, 1)), h('span', null, one.name))));
}

function cost(summary) {
  const hours = summary.minutes / 60;
  return fact('cost', `Cost, ${span(summary.minutes * 60_000)}`, '', dollars(summary.micro_dollars),
    h('p', { class: 'detail' }, `${dollars(summary.micro_dollars / hours)} an hour, ${plural(summary.requests, 'request')}`),
    summary.extra_micro_dollars !== 0 && h('p', { class: 'detail' }, `${extra(summary.extra_micro_dollars)} against the first links`));
}

function degraded(summary) {
  const bad = summary.failed + summary.broken;
  return fact('degraded', `Degraded, ${span(summary.minutes * 60_000)}`, bad ? 'bad' : summary.degraded ? 'warn' : 'good',
    summary.degraded || bad ? [plural(summary.degraded, 'answer')] : 'Nothing',
    h('p', { class: 'detail' }, `${number(summary.fell_back)} fell back (${percent(summary.fell_back, summary.requests)})`),
    bad > 0 && h('p', { class: 'detail' }, sign('cross', 'bad'), `${plural(summary.failed, 'request')} got no answer`,
      summary.broken > 0 && `, ${number(summary.broken)} broke off`));
}
