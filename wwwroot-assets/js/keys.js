// keys.js: the one listener for keydown in the console.
//
// push(ref, {name, modal, bindings: [{command, keys, local}]}) → id     a scope on top of the stack; remove(id) takes it away.
// A key goes to the newest scope that binds it; a modal scope hides the ones below. The server gets ref.OnCommand(name): commands, never
// keystrokes. Keys are matched by event.key (AltGr layouts): "j", "Shift+n", "Ctrl+Enter", "ArrowDown", "g q". Shift is part of the name only for
// letters and named keys, since on one keyboard "?" needs it and on another it does not.
// In text fields only Ctrl combinations, Escape and function keys pass. Enter and Space on something pressable belong to it.
// Single keys can be switched off (WCAG 2.1.4): a checkbox [data-single-keys]; kept in localStorage "rc-single-keys".
//
// Rows: [data-rows] holds [data-row="id"]. RowNext and RowPrevious (local) move [data-current], tabindex 0, focus and aria-selected at once;
// the server hears ref.OnRow(id) 150 ms after the last move. It renders the same attributes for the selected row.
// Search: the command focuses [data-search]; the server hears nothing. Skip links: a[data-skip="id"] focus that element.

const scopes = [];
let nextId = 1;
let prefix = '';
let prefixTimer = 0;
let rowTimer = 0;

const typing = element => element?.closest?.('input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=range]), textarea, select, [contenteditable=""], [contenteditable=true]');
const pressable = element => element?.closest?.('a[href], button, summary, [role=button], [role=menuitem], [role=option], [role=tab], input');
const singleKeys = () => localStorage.getItem('rc-single-keys') !== 'off';

export function push(ref, scope) {
  const id = nextId++;
  const keys = new Map();
  for (const binding of scope.bindings) for (const key of binding.keys) keys.set(key, binding);
  scopes.push({ id, ref, name: scope.name, modal: scope.modal, keys });
  document.documentElement.dataset.keys = scopes.map(s => s.name).join(' ');
  return id;
}

export function remove(id) {
  const at = scopes.findIndex(scope => scope.id === id);
  if (at >= 0) scopes.splice(at, 1);
  document.documentElement.dataset.keys = scopes.map(s => s.name).join(' ');
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

function find(name) {
  for (let at = scopes.length - 1; at >= 0; at--) {
    const binding = scopes[at].keys.get(name);
    if (binding) return { scope: scopes[at], binding };
    if (scopes[at].modal) return null;
  }
  return null;
}

const startsSequence = name => scopes.some(scope => [...scope.keys.keys()].some(key => key.startsWith(name + ' ')));

// A dialog or menu that the browser or the component library opened keeps its keys to itself, unless it pushed a modal scope.
const overlay = () => document.querySelector('.rz-dialog-wrapper, dialog[open], [popover]:popover-open');

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.key === 'Dead' || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
  const name = nameOf(event);
  const combined = name.startsWith('Ctrl+') || name.startsWith('Alt+');
  const named = event.key === 'Escape' || /^F\d+$/.test(event.key);
  if (overlay() && !scopes.at(-1)?.modal) return;
  if (typing(event.target) && !combined && !named) return;
  if ((event.key === 'Enter' || event.key === ' ') && !combined && pressable(event.target) && !event.target.matches('[data-row]')) return;
  if (event.key.length === 1 && !combined && !singleKeys()) return;

  const sequence = prefix ? prefix + ' ' + name : name;
  clearTimeout(prefixTimer);
  const waiting = prefix;
  prefix = '';
  const hit = find(sequence) ?? (waiting ? find(name) : null);
  if (!hit) {
    if (startsSequence(name)) {
      prefix = name;
      prefixTimer = setTimeout(() => { prefix = ''; }, 1000);
      event.preventDefault();
    } else if (event.key === 'Escape' && typing(event.target)) {
      event.target.blur();
    }
    return;
  }
  event.preventDefault();
  run(hit, event);
}

function run({ scope, binding }, event) {
  if (binding.command === 'RowNext') return move(1, scope);
  if (binding.command === 'RowPrevious') return move(-1, scope);
  if (event.repeat) return;
  if (binding.command === 'Search') {
    const box = document.querySelector('[data-search]');
    box?.focus();
    box?.select?.();
    return;
  }
  if (binding.local) return;
  flushRow();
  send(scope, 'OnCommand', binding.command);
}

// The circuit may be gone: the connection banner says so, a lost command is not repeated behind anybody's back.
function send(scope, method, value) {
  scope.ref.invokeMethodAsync(method, value).catch(() => {});
}

let pendingRow = null;
function flushRow() {
  clearTimeout(rowTimer);
  if (pendingRow) send(pendingRow.scope, 'OnRow', pendingRow.id);
  pendingRow = null;
}

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
  if (!rows) return;
  const all = [...rows.querySelectorAll('[data-row]')];
  if (all.length === 0) return;
  const at = all.findIndex(row => row.hasAttribute('data-current'));
  const row = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  select(row, scope);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', onKey);

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
  const scope = scopes.findLast(candidate => candidate.keys.get('j')?.local);
  if (scope) select(row, scope);
});

const syncSwitches = () => document.querySelectorAll('[data-single-keys]').forEach(box => { box.checked = singleKeys(); });
document.addEventListener('change', event => {
  if (!event.target.matches?.('[data-single-keys]')) return;
  localStorage.setItem('rc-single-keys', event.target.checked ? 'on' : 'off');
  syncSwitches();
});
new MutationObserver(syncSwitches).observe(document.body, { childList: true, subtree: true });
syncSwitches();
