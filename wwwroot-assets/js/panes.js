// panes.js: the widths of the workspace's panes, before the first paint. A plain script in <head>, since a module would move the panes when it comes.
//
// Kept in localStorage "rc-panes" = { layout: { pane: rem } } and set on <html> as --rc-split-LAYOUT-PANE; review.css has the default of each.
// [data-split="Split1"] stands between evidence and proposal, "Split2" between proposal and checks. Dragging it, or the event "rc-nudge" with an arrow key,
// Home or End (keys.js sends it), moves the edge between the two; a double click gives the layout its defaults back. aria-valuenow: the share of the left one.
// In each layout one pane takes what the others leave: it has no width of its own.
(() => {
  const kept = 'rc-panes';
  const least = 16, step = 1, most = 0.45;
  const root = document.documentElement;
  const rem = () => parseFloat(getComputedStyle(root).fontSize);
  const read = () => { try { return JSON.parse(localStorage.getItem(kept)) ?? {}; } catch { return {}; } };
  const property = (layout, pane) => `--rc-split-${layout}-${pane}`;
  const layoutOf = splitter => splitter.closest('.rc-review').dataset.layout ?? 'default';
  const taking = layout => layout === 'draft' ? 'proposal' : 'evidence';

  for (const [layout, panes] of Object.entries(read())) {
    for (const [pane, width] of Object.entries(panes)) if (Number.isFinite(width)) root.style.setProperty(property(layout, pane), `${width}rem`);
  }

  function beside(splitter) {
    const names = splitter.dataset.split === 'Split1' ? ['evidence', 'proposal'] : ['proposal', 'checks'];
    return names.map(name => ({ name, width: splitter.parentElement.querySelector(`.rc-pane-${name}`).getBoundingClientRect().width }));
  }

  function tell(splitter) {
    const [left, right] = beside(splitter);
    splitter.setAttribute('aria-valuenow', Math.round(100 * left.width / (left.width + right.width)));
  }

  function move(splitter, by) {
    const layout = layoutOf(splitter), all = read(), widest = most * splitter.parentElement.clientWidth;
    const [left, right] = beside(splitter);
    const room = ({ width, name }) => name === taking(layout) ? Infinity : Math.max(0, widest - width);
    const bounded = Math.max(-Math.min(Math.max(0, left.width - least * rem()), room(right)), Math.min(by, Math.max(0, right.width - least * rem()), room(left)));
    for (const [pane, width] of [[left.name, left.width + bounded], [right.name, right.width - bounded]]) {
      if (pane === taking(layout)) continue;
      (all[layout] ??= {})[pane] = Math.round(100 * width / rem()) / 100;
      root.style.setProperty(property(layout, pane), `${all[layout][pane]}rem`);
    }
    localStorage.setItem(kept, JSON.stringify(all));
    tell(splitter);
  }

  const splitterOf = event => event.target.closest?.('[data-split]');

  document.addEventListener('rc-nudge', event => {
    const by = { ArrowLeft: -step * rem(), ArrowRight: step * rem(), Home: -Infinity, End: Infinity }[event.detail];
    if (by !== undefined) move(splitterOf(event), by);
  });
  document.addEventListener('focusin', event => { if (splitterOf(event)) tell(splitterOf(event)); });
  document.addEventListener('pointerdown', event => {
    const splitter = splitterOf(event);
    if (!splitter || event.button !== 0) return;
    event.preventDefault();
    splitter.focus({ preventScroll: true });
    splitter.setPointerCapture(event.pointerId);
    let at = event.clientX;
    const drag = moved => {
      const before = splitter.getBoundingClientRect().x;
      move(splitter, moved.clientX - at);
      at += splitter.getBoundingClientRect().x - before;
    };
    splitter.addEventListener('pointermove', drag);
    splitter.addEventListener('lostpointercapture', () => splitter.removeEventListener('pointermove', drag), { once: true });
  });
  document.addEventListener('dblclick', event => {
    const splitter = splitterOf(event);
    if (!splitter) return;
    const layout = layoutOf(splitter), all = read();
    for (const pane of Object.keys(all[layout] ?? {})) root.style.removeProperty(property(layout, pane));
    delete all[layout];
    localStorage.setItem(kept, JSON.stringify(all));
    tell(splitter);
  });
})();
