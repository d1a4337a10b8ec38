// Numbers and reasons as people read them.

const REASONS = {
  ok: 'answered', overload: 'overloaded', rate_limit: 'rate limit', server: 'server error', timeout: 'too slow',
  breaker_open: 'breaker open', cooldown: 'cooldown', no_key: 'no key', in_flight_cap: 'too many in flight',
  no_fallback: 'no fallback wanted', chain_ended: 'not needed', budget: 'over budget', quota: 'quota used up', no_ledger: 'no ledger',
  had_its_turn: 'had its turn', auth: 'key refused', other: 'other',
};

export const reason = word => REASONS[word] ?? String(word ?? '').replaceAll('_', ' ');

const TIERS = { 1: 'premium', 2: 'middle', 3: 'local', cached: 'from before', static: 'fixed text', none: 'no answer' };

export const tier = name => TIERS[name] ?? `tier ${name}`;

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

export const number = value => Math.round(value).toLocaleString('en');

export function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Micro-dollars as dollars, as exactly as the amount deserves. */
export function dollars(micro) {
  const value = Math.abs(micro) / 1e6;
  const digits = value >= 1000 ? 0 : value >= 1 || value === 0 ? 2 : value >= 0.01 ? 3 : 6;
  const text = value.toLocaleString('en', { minimumFractionDigits: Math.min(digits, 2), maximumFractionDigits: digits });
  return `${micro < 0 ? '\u2212' : ''}$${text}`;
}

export function extra(micro) {
  return micro > 0 ? `+${dollars(micro)}` : dollars(micro);
}

export function percent(part, whole) {
  if (!whole) return '\u2013';
  const value = 100 * part / whole;
  return `${value > 0 && value < 1 ? '<1' : Math.round(value)}\u2009%`;
}

export function millis(ms) {
  if (ms === undefined || ms === null) return '\u2013';
  if (ms < 1000) return `${Math.round(ms)}\u2009ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)}\u2009s`;
}

/** How long something takes or took, coarsely. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}\u2009s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60) return `${minutes}\u2009min ${seconds % 60}\u2009s`;
  if (minutes < 60) return `${minutes}\u2009min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours}\u2009h ${minutes % 60}\u2009min` : `${hours}\u2009h`;
  return `${Math.round(hours / 24)} days`;
}

const two = value => String(value).padStart(2, '0');

export function clock(iso, seconds = false) {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}${seconds ? `:${two(at.getSeconds())}` : ''}`;
}

/** A moment, with its day when that is another one than now's. */
export function moment(iso, now) {
  const at = new Date(iso);
  return at.toDateString() === new Date(now).toDateString() ? clock(iso)
    : `${at.toLocaleDateString('en', { day: 'numeric', month: 'short' })} ${clock(iso)}`;
}
