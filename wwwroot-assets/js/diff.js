// diff.js: moving through a comparison, and asking for the parts of it that somebody comes near.
//
// attach(root, ref) → id; detach(id). root[data-mode][data-changes=count] holds a body with blocks, in which tr[data-rc-change=number] begins a change, and gaps
// [data-gap="first line, lines"] where blocks are not drawn yet. ref.OnNear(from line, to line) draws what is near the screen, ref.OnChange(number) what a change
// begins. Where it stands: tr[data-current], and "3 of 12" in [data-change-at][data-words] instead of [data-change-count].
// Keys come as rc-key from keys.js: NextChange, PreviousChange and DiffMode, for the comparison of the proposal, or else the first one on the page.

const margin = 500;
const views = new Map();
let nextId = 1;

export function attach(root, ref) {
  const id = nextId++;
  const view = viewOf(root);
  Object.assign(view, { id, ref });
  // A gap that comes near asks by itself; the margin grows with what scrolls, where the browser can.
  view.near = new IntersectionObserver(() => ask(view), { scrollMargin: `${margin}px` });
  view.changes = new MutationObserver(() => changed(view));
  view.changes.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-gap', 'data-mode', 'data-changes'] });
  changed(view);
  return id;
}

export function detach(id) {
  for (const [root, view] of views) {
    if (view.id !== id) continue;
    view.near.disconnect();
    view.changes.disconnect();
    views.delete(root);
  }
}

function viewOf(root) {
  if (!views.has(root)) views.set(root, { root, current: 0, wanted: 0, asking: false, late: false, steps: [], mode: root.dataset.mode });
  return views.get(root);
}

function changed(view) {
  view.near.disconnect();
  view.root.querySelectorAll('[data-gap]').forEach(gap => view.near.observe(gap));
  view.current = Math.min(view.current, count(view));
  move(view);
  if (view.wanted) return void (place(view) || look(view));
  if (!view.current) return say(view);
  // In another mode it stays with the same change; what was only drawn anew gets its mark back.
  if (view.mode !== view.root.dataset.mode) go(view, view.current);
  else mark(view, find(view, view.current));
}

const count = view => Number(view.root.dataset.changes ?? 0);
const find = (view, number) => view.root.querySelector(`[data-rc-change="${number}"]`);

// Steps wait while the texts are still being compared.
function move(view) {
  if (view.root.dataset.changes === undefined) return;
  const total = count(view);
  for (const step of view.steps.splice(0)) {
    const from = view.wanted || view.current;
    if (total > 0) go(view, from === 0 ? (step > 0 ? 1 : total) : (from + step + total - 1) % total + 1);
  }
}

function go(view, number) {
  view.mode = view.root.dataset.mode;
  view.wanted = number;
  if (!place(view)) look(view);
}

function look(view) {
  if (!view.ref || view.sought === view.wanted) return;
  view.sought = view.wanted;
  view.ref.invokeMethodAsync('OnChange', view.wanted).catch(() => {}).finally(() => { view.sought = 0; });
}

function place(view) {
  const row = find(view, view.wanted);
  if (!row) return false;
  view.current = view.wanted;
  view.wanted = 0;
  mark(view, row);
  row.scrollIntoView({ block: 'center' });
  return true;
}

function mark(view, row) {
  for (const other of view.root.querySelectorAll('tr[data-current]')) if (other !== row) other.removeAttribute('data-current');
  row?.setAttribute('data-current', '');
  say(view);
}

function say(view) {
  const at = view.root.querySelector('[data-change-at]');
  if (!at) return;
  const words = view.current ? at.dataset.words.replace('{0}', view.current).replace('{1}', count(view)) : '';
  if (at.textContent !== words) at.textContent = words;
  at.hidden = !words;
  view.root.querySelector('[data-change-count]').hidden = !!words;
}

// One question at a time, about the gap that is nearest to being seen.
async function ask(view) {
  if (view.asking) return void (view.late = true);
  const body = view.root.querySelector('.rc-diffview-body')?.getBoundingClientRect();
  if (!body) return;
  const top = Math.max(body.top, 0) - margin;
  const bottom = Math.min(body.bottom, innerHeight) + margin;
  for (const gap of view.root.querySelectorAll('[data-gap]')) {
    const box = gap.getBoundingClientRect();
    if (box.bottom <= top || box.top >= bottom || box.height === 0) continue;
    const [first, lines] = gap.dataset.gap.split(' ').map(Number);
    const lineAt = y => first + Math.floor((Math.min(box.bottom, Math.max(box.top, y)) - box.top) / box.height * lines);
    view.asking = true;
    view.late = false;
    await view.ref.invokeMethodAsync('OnNear', lineAt(top), Math.min(first + lines - 1, lineAt(bottom))).catch(() => {});
    view.asking = false;
    if (view.late) ask(view);
    return;
  }
}

document.addEventListener('rc-key', event => {
  const step = { NextChange: 1, PreviousChange: -1 }[event.detail];
  const root = document.querySelector('.rc-pane-proposal .rc-diffview') ?? document.querySelector('.rc-diffview');
  if (!root) return;
  if (event.detail === 'DiffMode') {
    const modes = [...root.querySelectorAll('.rc-segment')];
    modes[(modes.findIndex(mode => mode.getAttribute('aria-pressed') === 'true') + 1) % modes.length].click();
  }
  if (!step) return;
  const view = viewOf(root);
  view.steps.push(step);
  move(view);
});
