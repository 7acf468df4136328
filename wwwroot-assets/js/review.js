// review.js: what only the browser can do in the workspace.
//
// show(id)       brings an element into view and puts the focus on it, opening the <details> around it
// near(id)       brings an element into view, moving as little as it takes
// across(box, field)   from a field to its box, whose picture then has the focus; from a picture back to the field
// focus(id)      puts the focus into an element without scrolling the panes more than needed; in a text, behind what is written
// write(id)      the caret into an input, or into the first one of an element that can be changed
//
// settled()      when somebody has stayed: all of the review is laid out (rc-opened in evidence.css) and the browser has nothing to do

const stays = 450;

export function show(id) {
  const element = document.getElementById(id);
  if (!element) return;
  for (let up = element.parentElement?.closest('details'); up; up = up.parentElement?.closest('details')) up.open = true;
  const mark = element.querySelector('[data-mark]');
  element.focus({ preventScroll: true });
  // A place inside a picture comes to the middle, a piece of evidence to the top.
  element.scrollIntoView({ block: element instanceof SVGElement ? 'center' : 'start' });
  // Long evidence opens at the first mark in it.
  if (mark && mark.getBoundingClientRect().bottom > innerHeight * 0.7) mark.scrollIntoView({ block: 'center' });
}

export const focus = id => into(document.getElementById(id));

const inputs = ':is(input, textarea, select):enabled:not([readonly])';

export function write(id) {
  const element = document.getElementById(id);
  into(element?.matches(inputs) ? element : element?.querySelector(inputs));
}

function into(element) {
  if (!element) return;
  if (element !== document.activeElement) element.setSelectionRange?.(element.value.length, element.value.length);
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest' });
}

// The five decisions of a narrow screen close as they opened.
document.addEventListener('rc-escape', event => {
  const fold = document.querySelector('.rc-decide-open[aria-expanded="true"]');
  if (!fold?.checkVisibility()) return;
  fold.click();
  fold.focus();
  event.preventDefault();
});

// Who has chosen a reason writes on where words are asked for; no letter waits for the server to say so.
document.addEventListener('rc-choice', ({ detail }) => {
  const sheet = document.querySelector('#sheet[data-write]');
  if (sheet && detail <= sheet.querySelectorAll('.rc-reason').length) focus(sheet.dataset.write);
});

export function near(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

export function across(box, field) {
  const there = document.getElementById(box);
  if (!there || document.activeElement?.closest('.rc-scan')) {
    focus(field);
    return;
  }
  for (let up = there.closest('details'); up; up = up.parentElement?.closest('details')) up.open = true;
  there.closest('.rc-scan')?.focus({ preventScroll: true });
  there.scrollIntoView({ block: 'center', inline: 'center' });
}

// Not every browser tells when it is idle.
export const settled = () => new Promise(done => setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(done), stays));
