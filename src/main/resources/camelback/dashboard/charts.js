// Three small charts over the same time: how much fell back, who answered, and what that cost.
import { $, fill, h } from './dom.js';
import { clock, dollars, number, percent, tier } from './words.js';

const TIERS = ['1', '2', '3', 'cached', 'static', 'none'];
const BARS = 96;
const made = {};

/** Minutes put together so that the bars stay wide enough to be seen. */
function buckets(minutes) {
  const size = Math.ceil(minutes.length / BARS);
  const all = [];
  for (let i = minutes.length % size; i + size <= minutes.length; i += size) {
    const part = minutes.slice(i, i + size);
    const sum = pick => part.reduce((total, minute) => total + (pick(minute) ?? 0), 0);
    all.push({ at: part[0].at, requests: sum(one => one.requests), fellBack: sum(one => one.fell_back),
      tiers: Object.fromEntries(TIERS.map(name => [name, sum(one => one.tiers[name])])),
      cost: Object.fromEntries(TIERS.map(name => [name, sum(one => one.micro_dollars[name])])) });
  }
  return all;
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function draw(minutes) {
  if (!window.Chart || !minutes.length) return;
  const all = buckets(minutes);
  const labels = all.map(one => clock(one.at));
  const total = pick => all.reduce((sum, one) => sum + pick(one), 0);
  const requests = total(one => one.requests);
  const fellBack = total(one => one.fellBack);
  const peak = all.reduce((most, one) => one.requests && one.fellBack / one.requests > most.rate
    ? { rate: one.fellBack / one.requests, at: one.at } : most, { rate: 0 });
  caption('fallback', 'Fell back', percent(fellBack, requests), peak.at ? [['', `most at ${clock(peak.at)}: ${percent(peak.rate, 1)}`]] : []);
  plot('fallback', 'line', labels, [{ data: all.map(one => one.requests ? 100 * one.fellBack / one.requests : null), borderColor: colour('--bad'),
    backgroundColor: colour('--bad-wash'), fill: 'origin', borderWidth: 1.5, pointRadius: 0, pointHitRadius: 8, spanGaps: false, stepped: 'middle' }],
  value => `${Math.round(value)} %`, 100);
  stack('requests', 'Requests', all, labels, 'tiers', number);
  stack('cost', 'Cost', all, labels, 'cost', dollars);
}

function stack(name, title, all, labels, field, say) {
  const sums = TIERS.map(one => [one, all.reduce((sum, bucket) => sum + bucket[field][one], 0)]).filter(([, sum]) => sum > 0);
  caption(name, title, say(sums.reduce((sum, [, one]) => sum + one, 0)), sums.map(([one, sum]) => [one, `${tier(one)} ${say(sum)}`]));
  plot(name, 'bar', labels, sums.map(([one]) => ({ label: tier(one), data: all.map(bucket => bucket[field][one]),
    backgroundColor: colour(`--tier-${one}`), stack: 'all', barPercentage: 1, categoryPercentage: all.length > 70 ? 0.9 : 0.82 })), say);
}

function caption(name, title, value, parts) {
  fill($(`c-${name}`), h('span', { class: 'what' }, title), h('span', { class: 'value' }, value),
    h('span', { class: 'legend' }, parts.map(([one, text]) => h('span', { class: one && `key tier-${one}` }, text))));
}

function plot(name, type, labels, datasets, say, max) {
  const chart = made[name] ??= new window.Chart($(`p-${name}`), { type, data: {}, options: {} });
  chart.data = { labels, datasets };
  chart.options = options(say, max, datasets.length > 1);
  chart.update('none');
}

function options(say, max, named) {
  const ticks = { color: colour('--soft'), font: { size: 11, family: getComputedStyle(document.body).fontFamily }, maxRotation: 0 };
  return {
    animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: 'index', intersect: false },
    layout: { padding: { top: 4 } },
    plugins: {
      legend: { display: false },
      tooltip: { backgroundColor: colour('--ink'), titleColor: colour('--paper'), bodyColor: colour('--paper'), cornerRadius: 3, boxPadding: 4,
        filter: item => item.parsed.y > 0, callbacks: { label: item => `${named ? `${item.dataset.label} ` : ''}${say(item.parsed.y)}` } },
    },
    scales: {
      x: { stacked: true, grid: { display: false }, border: { color: colour('--line') }, ticks: { ...ticks, autoSkipPadding: 28 } },
      y: { stacked: true, beginAtZero: true, max, grid: { color: colour('--line'), drawTicks: false }, border: { display: false },
        ticks: { ...ticks, maxTicksLimit: 4, padding: 6, callback: value => say(value) } },
    },
  };
}
