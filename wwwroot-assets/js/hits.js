// hits.js: going through the places that a search in a piece of evidence has marked.
//
// next(form)   form stands in a [data-evidence] that holds marks [data-hit]: the next one becomes [data-current], the <details> around it open, it comes into view;
//              "3 of 17" in the form's [data-hit-at][data-words]

export function next(form) {
  const hits = [...form.closest('[data-evidence]').querySelectorAll('[data-hit]')];
  const at = form.querySelector('[data-hit-at]');
  const number = (hits.findIndex(hit => hit.hasAttribute('data-current')) + 1) % (hits.length || 1);
  at.textContent = hits.length === 0 ? '' : at.dataset.words.replace('{0}', number + 1).replace('{1}', hits.length);
  hits.forEach((hit, index) => hit.toggleAttribute('data-current', index === number));
  for (let up = hits[number]?.closest('details'); up; up = up.parentElement.closest('details')) up.open = true;
  hits[number]?.scrollIntoView({ block: 'center', inline: 'nearest' });
}
