// queue.js: whether the list may move by itself (SCREENS.md §0.3), and filters that close like menus.
//
// watch(root, ref) → handle; stop(handle). root holds one [data-scroll] with the [data-rows] in it. ref.OnFree(bool) is told at once when it changes: free is
// the list at its top, no row selected, no focus in the list. Until told, the server takes it as free.
// A root with [data-row-in-address] has its selected row in the address too, as row=: whoever comes back, or loads the page again, finds it selected and in view.
// Filters: details[data-filter] close on Escape (rc-escape; focus goes to their summary) and on a press or focus elsewhere; one is open at a time.

const watched = new Map();
let nextHandle = 1;

export function watch(root, ref) {
  const handle = nextHandle++;
  const path = location.pathname;
  let told = true;
  let revealed = !new URLSearchParams(location.search).has('row');
  const address = () => {
    const row = root.querySelector('[data-row][data-current]');
    if (row && !revealed) row.scrollIntoView({ block: 'nearest' });
    revealed ||= row !== null;
    const here = new URL(location.href);
    if (location.pathname !== path || !revealed || here.searchParams.get('row') === (row?.dataset.row ?? null)) return;
    if (row) here.searchParams.set('row', row.dataset.row);
    else here.searchParams.delete('row');
    history.replaceState(history.state, '', here);
  };
  const tell = () => {
    if (root.hasAttribute('data-row-in-address')) address();
    const scroll = root.querySelector('[data-scroll]');
    const free = !(scroll && (scroll.scrollTop > 4 || scroll.querySelector('[data-current]') || scroll.contains(document.activeElement) && document.activeElement !== scroll));
    if (free === told) return;
    told = free;
    ref.invokeMethodAsync('OnFree', free).catch(() => {});
  };
  const later = () => queueMicrotask(tell);
  const observer = new MutationObserver(tell);
  observer.observe(root, { attributes: true, attributeFilter: ['data-current'], childList: true, subtree: true });
  root.addEventListener('scroll', tell, { capture: true, passive: true });
  root.addEventListener('focusin', tell);
  root.addEventListener('focusout', later);
  tell();
  watched.set(handle, () => {
    observer.disconnect();
    root.removeEventListener('scroll', tell, { capture: true });
    root.removeEventListener('focusin', tell);
    root.removeEventListener('focusout', later);
  });
  return handle;
}

export function stop(handle) {
  watched.get(handle)?.();
  watched.delete(handle);
}

/** Takes the focus out of the list: after the selection was given up the list may move again. */
export function leave(root) {
  if (root.querySelector('[data-scroll]')?.contains(document.activeElement)) document.activeElement.blur();
}

/** The top of the list: what was just loaded begins there. */
export function top(root) {
  root.querySelector('[data-scroll]')?.scrollTo({ top: 0 });
}

const open = () => document.querySelectorAll('details[data-filter][open]');

document.addEventListener('rc-escape', event => {
  for (const filter of open()) {
    filter.open = false;
    filter.querySelector('summary').focus();
    event.preventDefault();
  }
});

for (const kind of ['pointerdown', 'focusin']) {
  document.addEventListener(kind, event => {
    for (const filter of open()) if (!filter.contains(event.target)) filter.open = false;
  });
}
