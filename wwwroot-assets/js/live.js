// live.js: [data-live] is an input that tells the server 300 ms after the last key, and before a commit (rc-commit): what is decided or saved is what stands in it.
// Imported by keys.js: it listens from the first paint.

const quiet = 300;
let writing = null;

function tell() {
  if (!writing) return;
  clearTimeout(writing.timer);
  const input = writing.input;
  writing = null;
  if (input.isConnected) input.dispatchEvent(new Event('change', { bubbles: true }));
}

addEventListener('input', event => {
  if (!event.target.matches?.('[data-live]')) return;
  if (writing?.input !== event.target) tell();
  clearTimeout(writing?.timer);
  writing = { input: event.target, timer: setTimeout(tell, quiet) };
});
document.addEventListener('rc-commit', tell);
