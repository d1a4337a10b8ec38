// The tool that every client offers, and how each script says what happened.
export const CITIES = { Zürich: '22 degrees', Bern: '21 degrees', Chur: '19 degrees' };
export const MODEL = 'balanced';
export const SYSTEM = 'Be brief.';
export const QUESTION = 'How warm is it in Zürich, Bern and Chur?';
export const NAME = 'weather';
export const DESCRIPTION = 'The weather in a city.';
export const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };

const called = [];

export function weather({ city }) {
  called.push(city);
  return CITIES[city];
}

/** Prints what the model said last, and the cities it asked for. */
export function tell(text) {
  console.log(JSON.stringify({ text, called, models: [] }));
}

/** Runs what the command line names: node SCRIPT CLIENT GATEWAY (stream|plain). */
export async function main(clients) {
  const [client, gateway, mode] = process.argv.slice(2);
  await clients[client](gateway, mode === 'stream');
}
