// keys.js: the one listener for keydown in the console. It listens from the first paint, before the circuit is there.
//
// A scope is declared by an element, prerendered or not: [data-scope="name"] with data-bindings='[{command, keys, local, live}]', data-modal, data-writing where
// somebody writes (no other key is held meanwhile), data-alone while what is typed is text, data-open once what its commands are about is on the screen, and data-path of the page it belongs to (none: of every page),
// with data-query where its list answers one (row= in it only says which of them is selected).
// push(ref, element) → id   gives it its ear on the server and puts it on top of the stack; remove(id) takes it away. An element that left the page is no scope.
// A key goes to the newest scope that binds it; a modal scope hides the ones below. The server gets ref.OnCommand(name, row): commands, never
// keystrokes. Keys are matched by event.key (AltGr layouts): "j", "Shift+n", "Ctrl+Enter", "ArrowDown", "g q". Shift is part of the name only for
// letters and named keys, since on one keyboard "?" needs it and on another it does not.
// While a scope is `data-alone`, a single character is its own command or none: it was meant as text. A picture or a field that has the focus keeps its keys, and so does z.
// In text fields only Ctrl combinations, Escape and function keys pass. Enter and Space on something pressable belong to it.
// Single keys can be switched off (WCAG 2.1.4): a checkbox [data-single-keys]; kept in localStorage "rc-single-keys".
//
// Held keys: while the page is not live (a declared scope has no ear or is not open, the circuit is gone, the address is already that of the next page) or the
// server still works on a command, keys are held in order and obeyed afterwards: at most 16, none longer than 5 s. A press of the mouse, the browser's "back"
// and a dialog drop them. A binding that is `live` is obeyed only by the scope that was live when it was pressed: nothing is decided by a key that was
// pressed before its sheet could answer, nor by one after which somebody wrote on: it was meant for what stood there then.
// [data-commands] lists every key that some page binds: what is no command is never held.
// html[data-waiting="page"|"answer"] says that it waits, html[data-keys] names the scopes that are live; a key that was not taken shows [data-not-taken].
//
// Rows: [data-rows] holds [data-row="id"]. RowNext and RowPrevious (local) move [data-current], tabindex 0, focus and aria-selected at once;
// the server hears ref.OnRow(id) 150 ms after the last move, or with the command that comes before. It renders the same attributes for the selected row.
// A [role=separator] that can be moved gets arrow keys, Home and End as an event "rc-nudge" with the key's name.
// Any other local command is an event of the document, rc-key with the command as its detail. Escape is rc-escape first: whoever closes something at it prevents its default,
// and it is no command then. rc-choice has the digit of a choice, before the server hears of it. rc-commit comes before a `live` command is sent: what was written goes first, whatever key somebody chose for it. Search: the command focuses [data-search]; the server hears nothing.
// From there Enter or ↓ goes to the rows, once those that were looked for are here; Escape empties the box, and leaves an empty one. Skip links: a[data-skip="id"] focus that element.
// Which keys count says keymap.js; Ctrl+k opens palette.js. html[data-single-keys=off] while single keys are off.

import { chosenKeys, hasChosen, isRecording, keysOf, record, showCaps, syncRows } from './keymap.js';
import './live.js';
import * as palette from './palette.js';

const patience = 5000;
const most = 16;
const root = document.documentElement;
const isCommand = name => document.querySelector('[data-commands]')?.dataset.commands.split(' ').includes(name) === true || chosenKeys().includes(name);
let declarations = new WeakMap();
const asked = new Set();
const scopes = [];
let held = [];
let nextId = 1;
let prefix = '';
let prefixTimer = 0;
let rowTimer = 0;
let signTimer = 0;

const typing = element => element?.closest?.('input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=range]), textarea, select, [contenteditable=""], [contenteditable=true]');
const pressable = element => element?.closest?.('a[href], button, summary, [role=button], [role=menuitem], [role=option], [role=tab], input');
const singleKeys = () => localStorage.getItem('rc-single-keys') !== 'off';

function declared(mark) {
  if (!declarations.has(mark)) {
    const keys = new Map();
    const bindings = JSON.parse(mark.dataset.bindings);
    for (const binding of bindings) for (const key of keysOf(mark.dataset.scope, binding)) keys.set(key, binding);
    declarations.set(mark, { mark, name: mark.dataset.scope, modal: mark.hasAttribute('data-modal'), alone: mark.hasAttribute('data-alone'), bindings, keys });
  }
  return declarations.get(mark);
}

const stack = () => scopes.filter(scope => scope.mark.isConnected);
const lost = () => document.querySelector('.components-reconnect-show, .components-reconnect-failed, .components-reconnect-rejected') !== null;
const listed = query => {
  const parts = new URLSearchParams(query);
  parts.delete('row');
  return parts.toString();
};
const isOpen = mark => mark.hasAttribute('data-open') && (mark.dataset.path ?? location.pathname) === location.pathname
  && (mark.dataset.query === undefined || listed(mark.dataset.query) === listed(location.search));
const isComplete = () => [...document.querySelectorAll('[data-scope]')].every(mark => isOpen(mark) && scopes.some(scope => scope.mark === mark));
// What was looked for, until the address has it.
let sought = null;
const found = () => new URLSearchParams(location.search).get('text') ?? '';
const isSearching = () => sought !== null && isFresh(sought) && sought.text !== found();
const pageIsLive = () => !lost() && isComplete() && !isSearching();

export function push(ref, mark) {
  const id = nextId++;
  // A component that was left while it attached has no element any more.
  if (mark) scopes.push({ ...declared(mark), id, ref });
  update();
  return id;
}

export function remove(id) {
  const at = scopes.findIndex(scope => scope.id === id);
  if (at >= 0) scopes.splice(at, 1);
  update();
}

function drop() {
  held = [];
  prefix = '';
}

// Says how it stands, and obeys what was held as far as it may.
function update() {
  const live = pageIsLive();
  const waiting = !live ? 'page' : answering() && !overlay() ? 'answer' : '';
  root.dataset.keys = stack().filter(scope => isOpen(scope.mark)).map(scope => scope.name).join(' ');
  if (waiting) root.dataset.waiting = waiting;
  else delete root.dataset.waiting;
  const main = document.getElementById('main');
  if (live) main?.removeAttribute('aria-busy');
  else main?.setAttribute('aria-busy', 'true');
  if (overlay()) drop();
  const late = held.filter(key => !isFresh(key));
  held = held.filter(isFresh);
  if (late.length > 0) {
    prefix = '';
    notTaken();
  }
  while (held.length > 0 && ready()) obey(held.shift());
}

const isFresh = ({ at }) => Date.now() - at < patience;
const answering = () => [...asked].some(isFresh);
const ready = () => !answering() && pageIsLive();
const declaredScopes = () => [...document.querySelectorAll('[data-scope]')].map(declared);
const moves = name => declaredScopes().findLast(scope => scope.keys.has(name))?.keys.get(name).command.startsWith('Row') === true;

function hold(key, event) {
  if (!isCommand(key.name)) return;
  // What this page does not bind may be for the next one; here it keeps what the browser does with it.
  if (declaredScopes().some(scope => [...scope.keys.keys()].some(keys => keys.split(' ').includes(key.name)))) event.preventDefault();
  const written = document.querySelector('[data-scope][data-writing]');
  if (event.repeat || written && !declared(written).keys.has(key.name)) return;
  if (held.length === most) return notTaken();
  // Behind a move that is held itself, the row is the one that it leads to.
  if (held.some(before => moves(before.name))) key.row = null;
  held.push(key);
  // The first key of a sequence waits for its second one, however long that is held.
  clearTimeout(prefixTimer);
  setTimeout(update, patience);
}

function notTaken() {
  const sign = document.querySelector('[data-not-taken]');
  if (!sign) return;
  sign.textContent = sign.dataset.notTaken;
  clearTimeout(signTimer);
  signTimer = setTimeout(() => { sign.textContent = ''; }, patience);
}

function nameOf(event) {
  const altGraph = event.getModifierState('AltGraph');
  const printable = event.key.length === 1;
  const letter = printable && event.key.toLowerCase() !== event.key.toUpperCase();
  let name = '';
  if (!altGraph && (event.ctrlKey || event.metaKey)) name += 'Ctrl+';
  if (!altGraph && event.altKey) name += 'Alt+';
  if (event.shiftKey && (!printable || letter)) name += 'Shift+';
  return name + (letter ? event.key.toLowerCase() : event.key);
}

const isText = name => /^(Shift\+)?.( |$)/u.test(name) && stack().some(scope => scope.alone) && !document.activeElement?.closest('.rc-scan, .rc-field');

function find(name) {
  const text = isText(name);
  for (const scope of stack().reverse()) {
    const binding = scope.keys.get(name);
    if (binding && (!text || scope.alone || binding.command === 'Recall')) return { scope, binding };
    if (scope.modal) return null;
  }
  return null;
}

const startsSequence = name => !isText(name) && stack().some(scope => [...scope.keys.keys()].some(key => key.startsWith(name + ' ')));

// A dialog or menu that the browser or the component library opened keeps its keys to itself, unless it pushed a modal scope.
const overlay = () => document.querySelector('.rz-dialog-wrapper, dialog[open], [popover]:popover-open');

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.key === 'Dead' || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
  const name = nameOf(event);
  const combined = name.startsWith('Ctrl+') || name.startsWith('Alt+');
  if (isRecording() || palette.isOpen()) {
    if (isRecording() ? record(name) : palette.key(name)) event.preventDefault();
    return;
  }
  if (name === 'Escape' && !document.dispatchEvent(new CustomEvent('rc-escape', { cancelable: true }))) {
    event.preventDefault();
    return;
  }
  const named = event.key === 'Escape' || /^F\d+$/.test(event.key);
  if (overlay() && !stack().at(-1)?.modal) return;
  if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(name) && event.target.matches?.('[role=separator][tabindex]')) {
    event.preventDefault();
    event.target.dispatchEvent(new CustomEvent('rc-nudge', { bubbles: true, detail: name }));
    return;
  }
  if (event.target.matches?.('[data-search]') && searchKey(event.target, name)) {
    event.preventDefault();
    return;
  }
  if (typing(event.target) && !combined && !named) return;
  if ((event.key === 'Enter' || event.key === ' ') && !combined && pressable(event.target) && !event.target.matches('[data-row]')) return;
  if (event.key.length === 1 && !combined && !singleKeys()) return;
  const key = { name, at: Date.now(), row: selected(), scope: pageIsLive() ? find(name)?.scope : null };
  // Moving along the rows waits for nobody.
  if (ready() || held.length === 0 && isComplete() && moves(name)) obey(key, event);
  else hold(key, event);
}

function searchKey(box, name) {
  if (name === 'Escape' && box.value !== '') {
    box.value = '';
    if (found() !== '') box.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }
  if (!['Enter', 'ArrowDown', 'Escape'].includes(name)) return false;
  sought = { text: box.value.trim(), at: Date.now() };
  // Leaving the box sends what was changed in it.
  box.blur();
  if (name !== 'Escape') held.push({ name: 'ArrowDown', at: Date.now(), step: 0 });
  setTimeout(update, patience);
  update();
  return true;
}

// Without an event it is a key that was held.
function obey({ name, row, scope, step }, event) {
  if (step !== undefined) return move(step, stack().findLast(hasRows));
  const sequence = prefix ? prefix + ' ' + name : name;
  clearTimeout(prefixTimer);
  const waiting = prefix;
  prefix = '';
  const hit = find(sequence) ?? (waiting ? find(name) : null);
  if (!hit) {
    if (startsSequence(name)) {
      prefix = name;
      prefixTimer = setTimeout(() => { prefix = ''; }, 1000);
      event?.preventDefault();
    } else if (name === 'Escape' && typing(event?.target)) {
      event.target.blur();
    }
    return;
  }
  event?.preventDefault();
  if (!event && hit.binding.live && hit.scope !== scope) notTaken();
  else run(hit, row, event?.repeat);
}

function run({ scope, binding }, row, repeat) {
  if (binding.command === 'RowNext') return move(1, scope);
  if (binding.command === 'RowPrevious') return move(-1, scope);
  if (binding.command === 'Palette') return openPalette();
  if (binding.local) return void document.dispatchEvent(new CustomEvent('rc-key', { detail: binding.command }));
  if (repeat) return;
  if (binding.command === 'Search') {
    const box = document.querySelector('[data-search]');
    box?.focus();
    box?.select?.();
    return;
  }
  if (pendingRow?.scope !== scope) flushRow();
  if (binding.live) document.dispatchEvent(new CustomEvent('rc-commit'));
  if (binding.command.startsWith('Choice')) document.dispatchEvent(new CustomEvent('rc-choice', { detail: Number(binding.command.at(-1)) }));
  ask(scope, binding.command, hasRows(scope) ? row ?? selected() : null);
}

function openPalette() {
  const live = new Map();
  for (const scope of stack().filter(({ mark }) => isOpen(mark)).reverse()) {
    for (const binding of scope.bindings) {
      const id = `${scope.name}.${binding.command}`;
      if (!live.has(id)) live.set(id, { scope, binding });
    }
    if (scope.modal) break;
  }
  palette.open(live, hit => run(hit, selected()));
}

// A lost command is not repeated behind anybody's back; after some seconds a slow answer no longer keeps the keys waiting.
function ask(scope, command, row) {
  clearTimeout(rowTimer);
  pendingRow = null;
  const call = { at: Date.now() };
  asked.add(call);
  setTimeout(update, patience);
  scope.ref.invokeMethodAsync('OnCommand', command, row).catch(notTaken).finally(() => {
    asked.delete(call);
    update();
  });
  update();
}

let pendingRow = null;
function flushRow() {
  clearTimeout(rowTimer);
  if (pendingRow) pendingRow.scope.ref.invokeMethodAsync('OnRow', pendingRow.id).catch(() => {});
  pendingRow = null;
}

const hasRows = scope => [...scope.keys.values()].some(binding => binding.command === 'RowNext');

// The focus knows best: what the server renders for an earlier row may come after the next move.
const currentRow = () => document.activeElement?.closest?.('[data-rows] [data-row]') ?? document.querySelector('[data-rows] [data-row][data-current]');
const selected = () => currentRow()?.dataset.row ?? null;

function select(row, scope) {
  const rows = row.closest('[data-rows]');
  for (const other of rows.querySelectorAll('[data-row]')) {
    const current = other === row;
    other.toggleAttribute('data-current', current);
    other.tabIndex = current ? 0 : -1;
    if (other.hasAttribute('aria-selected')) other.setAttribute('aria-selected', String(current));
  }
  pendingRow = { scope, id: row.dataset.row };
  clearTimeout(rowTimer);
  rowTimer = setTimeout(flushRow, 150);
}

function move(step, scope) {
  const rows = document.activeElement?.closest?.('[data-rows]') ?? document.querySelector('[data-rows]');
  if (!rows || !scope) return;
  const all = [...rows.querySelectorAll('[data-row]')];
  if (all.length === 0) return;
  const at = all.indexOf(currentRow());
  const row = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  select(row, scope);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', onKey);

document.addEventListener('input', () => {
  const kept = held.filter(key => !declaredScopes().some(scope => scope.keys.get(key.name)?.live));
  if (kept.length === held.length) return;
  held = kept;
  notTaken();
}, true);

// In the capturing phase, before the framework takes "#main" for an address below <base href="/">.
document.addEventListener('click', event => {
  const skip = event.target.closest?.('a[data-skip]');
  if (!skip) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById(skip.dataset.skip)?.focus();
}, true);

document.addEventListener('click', event => {
  const row = event.target.closest?.('[data-row]');
  if (!row || !row.closest('[data-rows]')) return;
  const scope = stack().findLast(hasRows);
  if (scope) select(row, scope);
});

document.addEventListener('click', event => { if (event.target.closest?.('[data-palette-open]')) openPalette(); });

document.addEventListener('rc-keymap', () => {
  declarations = new WeakMap();
  for (const scope of scopes) scope.keys = declared(scope.mark).keys;
  showCaps(declaredScopes());
});

const syncSwitches = () => {
  document.querySelectorAll('input[data-single-keys]').forEach(box => { box.checked = singleKeys(); });
  root.dataset.singleKeys = singleKeys() ? 'on' : 'off';
  syncRows();
  if (hasChosen()) showCaps(declaredScopes());
};
document.addEventListener('change', event => {
  if (!event.target.matches?.('input[data-single-keys]')) return;
  localStorage.setItem('rc-single-keys', event.target.checked ? 'on' : 'off');
  syncSwitches();
});
document.addEventListener('pointerdown', drop, true);
addEventListener('popstate', drop);

new MutationObserver(() => {
  syncSwitches();
  update();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-open', 'data-path', 'data-query'] });
const banner = document.getElementById('components-reconnect-modal');
if (banner) new MutationObserver(update).observe(banner, { attributes: true, attributeFilter: ['class'] });
syncSwitches();
update();
