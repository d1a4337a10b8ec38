// Elements out of data, and changes to the page that leave alone what has not changed: focus, selection and open rows stay.
// Whatever comes from data becomes a text node or an attribute, never markup.

const SVG = new Set(['svg', 'path', 'circle', 'rect', 'line', 'g']);

export const $ = id => document.getElementById(id);

/** An element. `vars` are CSS variables; what is null, undefined or false is left out. */
export function h(tag, attributes, ...children) {
  const element = SVG.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'vars') Object.entries(value).forEach(([key, one]) => element.style.setProperty(key, one));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : document.createTextNode(String(child))));
  return element;
}

/** Makes these nodes the children of an element. */
export function fill(parent, ...nodes) {
  const wanted = document.createDocumentFragment();
  wanted.append(...nodes.flat(3).filter(node => node !== null && node !== undefined && node !== false));
  const focused = document.activeElement;
  children(parent, wanted);
  // An element that changes its place loses the focus.
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

function children(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.childNodes) if (key(child)) keyed.set(key(child), child);
  let at = parent.firstChild;
  for (const next of [...wanted.childNodes]) {
    const known = key(next) ? keyed.get(key(next)) : at && !key(at) && alike(at, next) ? at : null;
    if (!known) {
      parent.insertBefore(next, at);
    } else {
      if (known === at) at = at.nextSibling;
      else parent.insertBefore(known, at);
      change(known, next);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

const key = node => node.nodeType === 1 ? node.getAttribute('data-key') : null;

const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);

function change(from, to) {
  if (from.nodeType !== 1) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  for (const { name } of [...from.attributes]) {
    if (name !== 'style' && name !== 'open' && !to.hasAttribute(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (name !== 'style' && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  if (from.style.cssText !== to.style.cssText) from.style.cssText = to.style.cssText;
  children(from, to);
}

const SHAPES = {
  up: [['circle', { cx: 8, cy: 8, r: 4.5, class: 'fill' }]],
  idle: [['circle', { cx: 8, cy: 8, r: 4, class: 'stroke' }]],
  failing: [['path', { d: 'M8 2.5 14 13.5H2Z', class: 'stroke' }], ['path', { d: 'M8 6.5v3.5', class: 'stroke' }]],
  down: [['path', { d: 'M8 1.5 15 14H1Z', class: 'fill' }]],
  held: [['rect', { x: 3, y: 3, width: 10, height: 10, class: 'fill' }]],
  cooldown: [['path', { d: 'M5.5 3v10M10.5 3v10', class: 'stroke thick' }]],
  trying: [['circle', { cx: 8, cy: 8, r: 5, class: 'stroke' }], ['path', { d: 'M8 3a5 5 0 0 0 0 10Z', class: 'fill' }]],
  off: [['path', { d: 'M4 8h8', class: 'stroke' }]],
  cross: [['path', { d: 'M4 4l8 8M12 4l-8 8', class: 'stroke thick' }]],
  info: [['circle', { cx: 8, cy: 8, r: 2.5, class: 'fill' }]],
  chain: [['path', { d: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5', class: 'stroke' }]],
};

/** A sign that says the same as its colour does. */
export function sign(shape, tone) {
  return h('svg', { class: `sign ${tone ?? ''}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    SHAPES[shape].map(([tag, attributes]) => h(tag, attributes)));
}
