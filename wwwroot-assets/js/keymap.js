// keymap.js: which keys a person wants (SCREENS.md §0.6). Imported by keys.js, which alone listens for keydown.
//
// Kept in localStorage "rc-keys" = { "scope.Command": "x" }: the key that stands in for the first one of that binding; its other keys stay.
// keysOf(scope, binding) → the keys that count; chosenKeys() → every stroke that somebody has chosen; the event "rc-keymap" of the document says that it changed.
// What commits (live, a row's data-combined) is done with Ctrl, Alt or Meta only: no single key decides. Another key for it is refused, and not obeyed where it is kept already.
// Changing: a press of [data-rebind] in a row [data-binding="scope.Command"][data-keys][data-anywhere] waits for a key; isRecording() and record(name) are for keys.js.
// A key that another command has, which is live at the same time, is refused in [data-rebind-status]. [data-unbind] gives a row its default back, [data-unbind-all] all.
// showCaps(scopes): every [data-cap] of a command whose key was changed shows the chosen one (data-shown); scopes are { name, bindings }, newest last.

const kept = 'rc-keys';
const read = () => { try { return Object(JSON.parse(localStorage.getItem(kept))); } catch { return {}; } };
let chosen = read();
let waiting = null;

const combined = key => /^(Ctrl|Alt)\+/.test(key);
const own = (id, live) => typeof chosen[id] === 'string' && (!live || combined(chosen[id])) ? chosen[id] : null;
const withOwn = (id, keys, live) => own(id, live) === null ? keys : [own(id, live), ...keys.slice(1)];
const isCombined = row => row.hasAttribute('data-combined');
const ownOf = row => own(row.dataset.binding, isCombined(row));
export const keysOf = (scope, binding) => withOwn(`${scope}.${binding.command}`, binding.keys, binding.live);
export const chosenKeys = () => Object.values(chosen).filter(key => typeof key === 'string');
export const isRecording = () => waiting?.isConnected === true;

const signs = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': '␣' };
const shown = key => key.split(/(?<=.)\+/).map(part => signs[part] ?? part).join(' ');

export const hasChosen = () => chosenKeys().length > 0;

/** A row that was changed can be given its default back. */
export function syncRows() {
  for (const button of document.querySelectorAll('[data-binding] [data-unbind]')) button.toggleAttribute('hidden', ownOf(button.closest('[data-binding]')) === null);
}

function changed() {
  document.dispatchEvent(new CustomEvent('rc-keymap'));
  syncRows();
}

function keep() {
  localStorage.setItem(kept, JSON.stringify(chosen));
  changed();
}

const nameOf = row => row.querySelector('dt').textContent;
const scopeOf = row => row.dataset.binding.split('.')[0];

function say(words, key, row, other) {
  const status = document.querySelector('[data-rebind-status]');
  status.textContent = status.dataset[words].replace('{0}', shown(key)).replace('{1}', nameOf(row)).replace('{2}', other ? nameOf(other) : '');
}

// Two scopes meet when they are the same or one of them is live on every page. Where one lies over the other, its keys are meant to hide those below.
const holderOf = (row, key) => [...document.querySelectorAll('[data-binding][data-keys]')].find(other => other.dataset.binding !== row.dataset.binding
  && (scopeOf(other) === scopeOf(row) || other.hasAttribute('data-anywhere') || row.hasAttribute('data-anywhere'))
  && withOwn(other.dataset.binding, JSON.parse(other.dataset.keys), isCombined(other)).some(taken => taken === key || taken.startsWith(`${key} `)));

function stop() {
  waiting?.removeAttribute('data-waiting');
  waiting = null;
}

/** The key that was pressed while a row waits; answers whether it was taken from the browser. */
export function record(key) {
  const row = waiting;
  if (key === 'Escape' || key === 'Tab') {
    stop();
    say('kept', '', row);
    return key === 'Escape';
  }
  if (isCombined(row) && !combined(key)) {
    say('alone', key, row);
    return true;
  }
  const other = holderOf(row, key);
  if (other) {
    say('taken', key, row, other);
    return true;
  }
  chosen[row.dataset.binding] = key;
  stop();
  keep();
  say('done', key, row);
  return true;
}

export function showCaps(scopes) {
  for (const caps of document.querySelectorAll('[data-cap]')) {
    const row = caps.closest('[data-binding]');
    const key = row ? row.querySelector('[data-cap]') === caps ? ownOf(row) : null
      : scopes.flatMap(scope => scope.bindings.filter(binding => binding.keys[0] === caps.dataset.cap).map(binding => own(`${scope.name}.${binding.command}`, binding.live))).at(-1) ?? null;
    if (key === null) delete caps.dataset.shown;
    else caps.dataset.shown = shown(key);
  }
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-rebind], [data-unbind], [data-unbind-all]');
  if (!button) return isRecording() ? stop() : undefined;
  const row = button.closest('[data-binding]');
  stop();
  if (button.matches('[data-unbind-all]')) {
    chosen = {};
    return keep();
  }
  const before = JSON.parse(row.dataset.keys)[0];
  if (button.matches('[data-rebind]')) {
    waiting = row;
    row.setAttribute('data-waiting', '');
    return say('press', '', row);
  }
  const other = holderOf(row, before);
  if (other) return say('taken', before, row, other);
  delete chosen[row.dataset.binding];
  keep();
  say('done', before, row);
  row.querySelector('[data-rebind]').focus();
});

addEventListener('storage', event => {
  if (event.key !== kept) return;
  chosen = read();
  changed();
});
