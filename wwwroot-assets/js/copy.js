// copy.js: <button data-copy="#id" data-copied="Copied"> puts the text of that element on the clipboard and says so for two seconds.
// Where the clipboard is not given to us (no secure origin, no permission), the text is selected instead, ready for Ctrl+C.

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    const word = button.querySelector('span');
    const before = word.textContent;
    if (before === button.dataset.copied) return;
    word.textContent = button.dataset.copied;
    setTimeout(() => { word.textContent = before; }, 2000);
  } catch {
    getSelection().selectAllChildren(source);
    source.focus();
  }
});
