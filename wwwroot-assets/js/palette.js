// palette.js: every command that is live, found by typing (Components/Keys/KeyPalette.razor). Imported by keys.js, which alone listens for keydown.
//
// open(live, obey)  shows the dialog with the entries [data-binding] that are in the map live; the chosen one's value goes to obey once the focus is back where it was
// isOpen(), key(name)  for keys.js: arrows move, Enter runs; answers whether the key was used. Escape is the dialog's own.
// The focus stays in the input; aria-activedescendant names the option.

const dialog = () => document.getElementById('palette');
const input = () => document.getElementById('palette-input');
const options = () => [...dialog().querySelectorAll('[role=option]')];
let live = new Map();
let obey = () => {};

export const isOpen = () => dialog()?.open === true;

export function open(entries, run) {
  if (!dialog() || isOpen()) return;
  [live, obey] = [entries, run];
  input().value = '';
  filter();
  dialog().showModal();
  input().focus();
}

const found = () => options().filter(option => !option.hidden);
const current = () => options().find(option => option.getAttribute('aria-selected') === 'true');

function select(option) {
  for (const other of options()) other.setAttribute('aria-selected', String(other === option));
  if (option) input().setAttribute('aria-activedescendant', option.id);
  else input().removeAttribute('aria-activedescendant');
  option?.scrollIntoView({ block: 'nearest' });
}

function filter() {
  const words = input().value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const option of options()) option.hidden = !live.has(option.dataset.binding) || !words.every(word => option.textContent.toLowerCase().includes(word));
  const all = found();
  select(all[0]);
  const status = dialog().querySelector('[data-palette-status]');
  status.textContent = all.length === 0 ? status.dataset.none : status.dataset.count.replace('{0}', all.length);
}

function choose(option) {
  if (!option) return;
  const hit = live.get(option.dataset.binding);
  dialog().close();
  obey(hit);
}

export function key(name) {
  const all = found(), at = all.indexOf(current());
  if (name === 'ArrowDown') select(all[(at + 1) % all.length]);
  else if (name === 'ArrowUp') select(all[(at - 1 + all.length) % all.length]);
  else if (name === 'Enter') choose(current());
  else return false;
  return true;
}

document.addEventListener('input', event => { if (event.target === input()) filter(); });
document.addEventListener('click', event => {
  if (!isOpen()) return;
  if (event.target === dialog()) dialog().close();
  else choose(event.target.closest?.('#palette [role=option]'));
});
