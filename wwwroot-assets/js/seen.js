// seen.js: how long each piece of evidence was really in view.
//
// watch(root, ref) → id     root holds [data-evidence="id"] (pieces) with [data-mark] inside (highlights)      stop(id)      flush(id) → when sent
// ref.OnSeen([{evidence, milliseconds}]): what came since the last report, at most once a second.
// ref.OnAttention(true|false): the page is visible and its window focused, or is not; at the start, and whenever it changes.
// Time counts while the page is visible and its window focused. In view is a piece of which nine tenths, or half the height of what it scrolls in,
// can be seen. Of a piece that is longer than that, the time is held back until its end was reached or every mark in it was in view; the same holds for
// what scrolls inside a piece (a long table).
// Pieces that are collapsed ([data-collapsed] or a closed <details>) do not count. The server credits at most the wall clock (WIRE.md §3).

const watches = new Map();
const step = 250;
let nextId = 1;
let timer = 0;

export function watch(root, ref) {
  const id = nextId++;
  const state = { root, ref, pieces: new Map(), visible: new Set(), last: performance.now(), reported: 0, sending: Promise.resolve() };
  state.observer = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) state.visible.add(entry.target); else state.visible.delete(entry.target);
  });
  state.changes = new MutationObserver(() => adopt(state));
  state.changes.observe(root, { childList: true, subtree: true });
  adopt(state);
  watches.set(id, state);
  attend();
  if (!timer) timer = setInterval(tick, step);
  return id;
}

const attentive = () => document.visibilityState === 'visible' && document.hasFocus();

function attend() {
  const now = attentive();
  for (const state of watches.values()) {
    if (state.attentive === now) continue;
    state.attentive = now;
    // Where nobody is left to hear it, nothing hangs on it.
    state.ref.invokeMethodAsync('OnAttention', now).catch(() => {});
  }
}

for (const event of ['focus', 'blur']) addEventListener(event, attend);
document.addEventListener('visibilitychange', attend);

export function stop(id) {
  const state = watches.get(id);
  if (!state) return;
  state.observer.disconnect();
  state.changes.disconnect();
  watches.delete(id);
  if (watches.size === 0) {
    clearInterval(timer);
    timer = 0;
  }
}

export async function flush(id) {
  const state = watches.get(id);
  if (!state) return;
  count(state);
  report(state);
  await state.sending;
}

function adopt(state) {
  for (const element of state.root.querySelectorAll('[data-evidence]')) {
    if (state.pieces.get(element.dataset.evidence)?.element === element) continue;
    const before = state.pieces.get(element.dataset.evidence);
    if (before) state.observer.unobserve(before.element);
    state.pieces.set(element.dataset.evidence, before ? Object.assign(before, { element }) : { element, held: 0, due: 0, complete: false, marks: new Set(), ends: new Set() });
    state.observer.observe(element);
  }
}

// The part of the screen in which a piece scrolls: its nearest scrolling ancestor, cut by the window.
function windowOf(element) {
  let top = 0;
  let bottom = innerHeight;
  for (let up = element.parentElement; up; up = up.parentElement) {
    if (!/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowY)) continue;
    const box = up.getBoundingClientRect();
    top = Math.max(top, box.top);
    bottom = Math.min(bottom, box.bottom);
  }
  return { top, bottom };
}

const collapsed = element => element.hasAttribute('data-collapsed') || element.querySelector(':scope > details:not([open])') !== null;

function look(piece) {
  const { element } = piece;
  if (collapsed(element)) return false;
  const box = element.getBoundingClientRect();
  const view = windowOf(element);
  const room = view.bottom - view.top;
  const shown = Math.min(box.bottom, view.bottom) - Math.max(box.top, view.top);
  if (box.height === 0 || room <= 0 || shown <= 0) return false;
  const short = box.height <= room;
  const inner = [...element.querySelectorAll('.rc-scroll')].filter(scroller => scroller.scrollHeight > scroller.clientHeight + 2);
  inner.forEach(scroller => {
    const visible = scroller.getBoundingClientRect().bottom <= view.bottom + 2;
    if (visible && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2) piece.ends.add(scroller);
  });
  const innerRead = inner.every(scroller => piece.ends.has(scroller));
  if (short && innerRead) {
    piece.complete ||= shown >= box.height * 0.9;
    return shown >= box.height * 0.9;
  }
  const marks = [...element.querySelectorAll('[data-mark]')];
  marks.forEach((mark, at) => {
    const spot = mark.getBoundingClientRect();
    const around = windowOf(mark);
    if (spot.height > 0 && spot.top >= around.top - 1 && spot.bottom <= around.bottom + 1) piece.marks.add(at);
  });
  piece.complete ||= (box.bottom <= view.bottom + 2 && innerRead) || (marks.length > 0 && piece.marks.size >= marks.length);
  if (short) return shown >= box.height * 0.9;
  return shown >= room * 0.5;
}

function count(state) {
  const now = performance.now();
  // A throttled timer must not credit a minute at once.
  const passed = Math.min(now - state.last, 2 * step);
  state.last = now;
  if (!attentive()) return;
  for (const piece of state.pieces.values()) {
    if (!state.visible.has(piece.element)) continue;
    if (look(piece)) piece.held += passed;
    // Its end may be reached when little of it is left in the window: what was read before counts then.
    if (!piece.complete) continue;
    piece.due += piece.held;
    piece.held = 0;
  }
}

function report(state) {
  const seen = [];
  for (const [evidence, piece] of state.pieces) {
    const milliseconds = Math.floor(piece.due);
    if (milliseconds < 1) continue;
    piece.due -= milliseconds;
    seen.push({ evidence, milliseconds });
  }
  state.reported = performance.now();
  if (seen.length === 0) return;
  // What could not be sent is due again.
  state.sending = state.sending.then(() => state.ref.invokeMethodAsync('OnSeen', seen)).catch(() => {
    for (const { evidence, milliseconds } of seen) state.pieces.get(evidence).due += milliseconds;
  });
}

function tick() {
  for (const state of watches.values()) {
    count(state);
    if (performance.now() - state.reported >= 1000) report(state);
  }
}
