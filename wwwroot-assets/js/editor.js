// editor.js: a text area that belongs to the browser. Typing never waits for the server and the server never writes while somebody types.
//
// attach(textarea, ref, {key, live, draft, limit, most}) → id      detach(id)      set(id, text)      flush(id) → when everything has left      rekey(id, key)
// put(id, length, removed, start, by) → whether the text has that length and `removed` at that place: then `by` stands there instead, as if it had been typed
// show(id, line)         brings a line into view, wherever the focus is; focus(element) puts the focus into the element with that id
// go(id, line, column)   focus, the caret there, the rest of the line selected, both 1-based
//   live, draft   milliseconds of quiet (draft: at most that long after the first unsent key) before ref.OnText(kind, version, stream)
//   kind          "live" (show a diff, count) or "draft" (keep it); a draft also counts as live
//   stream        UTF-8 bytes, as a stream reference, because a hub message is limited to 32 KB; answers whether it was kept
//   limit, most   bytes of UTF-8 (256 KB), and characters where there are fewer: what goes over is not taken at all, never half of it; the counter says so
//   key           where unsent text waits in sessionStorage (as far as there is room) if the circuit goes; put back and sent at the next attach
// Around it: [data-editor="id of the textarea"] holds [data-editor-count] (how much of the limit, near it) and [data-editor-unsent] (characters not yet kept).

const editors = new Map();
const encoder = new TextEncoder();
let nextId = 1;

export function attach(area, ref, options) {
  const id = nextId++;
  const editor = { id, area, ref, options, version: 0, kept: area.defaultValue, sent: area.defaultValue, accepted: area.value, refused: 0, live: 0, draft: 0, sending: Promise.resolve() };
  editors.set(id, editor);
  editor.onInput = () => input(editor);
  editor.onBlur = () => flush(id);
  area.addEventListener('input', editor.onInput);
  area.addEventListener('blur', editor.onBlur);
  const waiting = sessionStorage.getItem(storeKey(editor));
  if (waiting !== null && waiting !== area.value) {
    area.value = waiting;
    input(editor);
  } else if (area.value !== area.defaultValue) {
    input(editor);
  }
  tally(editor);
  return id;
}

export function detach(id) {
  const editor = editors.get(id);
  if (!editor) return;
  clearTimeout(editor.live);
  clearTimeout(editor.draft);
  editor.area.removeEventListener('input', editor.onInput);
  editor.area.removeEventListener('blur', editor.onBlur);
  editors.delete(id);
}

export function set(id, text) {
  const editor = editors.get(id);
  if (!editor) return;
  clearTimeout(editor.live);
  clearTimeout(editor.draft);
  editor.draft = 0;
  editor.version++;
  editor.area.value = editor.kept = editor.sent = editor.accepted = text;
  editor.refused = 0;
  sessionStorage.removeItem(storeKey(editor));
  tally(editor);
}

export async function flush(id) {
  const editor = editors.get(id);
  if (!editor) return;
  clearTimeout(editor.live);
  clearTimeout(editor.draft);
  editor.draft = 0;
  // What was taken back since counts too: the server has heard more than is kept.
  if (editor.area.value !== editor.kept || editor.area.value !== editor.sent) send(editor, 'draft');
  await editor.sending;
}

export function go(id, line, column) {
  const editor = editors.get(id);
  if (!editor) return;
  const { area } = editor;
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const length = (lines[line - 1] ?? '').length;
  area.focus();
  area.setSelectionRange(start + Math.min(column - 1, length), start + length);
  area.scrollTop = area.scrollHeight * Math.max(0, line - 4) / lines.length;
}

// What waits goes on waiting, under another name.
export function rekey(id, key) {
  const editor = editors.get(id);
  if (!editor) return;
  const waiting = sessionStorage.getItem(storeKey(editor));
  sessionStorage.removeItem(storeKey(editor));
  editor.options.key = key;
  if (waiting !== null) sessionStorage.setItem(storeKey(editor), waiting);
}

export function put(id, length, removed, start, by) {
  const editor = editors.get(id);
  if (!editor || editor.area.value.length !== length || editor.area.value.slice(start, start + removed.length) !== removed) return false;
  editor.area.setRangeText(by, start, start + removed.length, 'preserve');
  input(editor);
  return true;
}

export function show(id, line) {
  const area = editors.get(id)?.area;
  if (area) area.scrollTop = area.scrollHeight * Math.max(0, line - 3) / area.value.split('\n').length;
}

export const focus = element => document.getElementById(element)?.focus();

const storeKey = editor => `rc-editor-${editor.options.key}`;

function input(editor) {
  const { area, options } = editor;
  if (size(editor).used > size(editor).limit) {
    // Put back what fitted, keep the caret near: a paste that is too long must not silently lose its end.
    editor.refused = size(editor).used;
    const caret = Math.max(0, area.selectionStart - (area.value.length - editor.accepted.length));
    area.value = editor.accepted;
    area.setSelectionRange(caret, caret);
    tally(editor);
    return;
  }
  editor.accepted = area.value;
  editor.refused = 0;
  editor.version++;
  try {
    sessionStorage.setItem(storeKey(editor), area.value);
  } catch {
    // No room left in the browser: the server's copy is the only one.
    sessionStorage.removeItem(storeKey(editor));
  }
  clearTimeout(editor.live);
  editor.live = setTimeout(() => send(editor, 'live'), options.live);
  if (!editor.draft) editor.draft = setTimeout(() => { editor.draft = 0; send(editor, 'draft'); }, options.draft);
  tally(editor);
}

function send(editor, kind) {
  const text = editor.area.value;
  const version = editor.version;
  editor.sent = text;
  editor.sending = editor.sending.then(async () => {
    try {
      const kept = await editor.ref.invokeMethodAsync('OnText', kind, version, DotNet.createJSStreamReference(encoder.encode(text)));
      if (kind === 'draft' && kept) {
        editor.kept = text;
        document.documentElement.dataset.draftSaved = String(Date.now());
        if (editor.area.value === text) sessionStorage.removeItem(storeKey(editor));
      }
    } catch {
      // The circuit is gone: the text waits in sessionStorage, the counter says how much.
    }
    tally(editor);
  });
}

// In characters where there is a limit of them, else in KB.
function size({ area, options }) {
  if (options.most) return { used: area.value.length, limit: options.most, shown: value => value };
  return { used: encoder.encode(area.value).length, limit: options.limit, shown: value => Math.ceil(value / 1024) };
}

// That something was not taken stays until the next text that is; saving what was there before says nothing about it.
function tally(editor) {
  const { refused } = editor;
  const around = document.querySelector(`[data-editor="${CSS.escape(editor.area.id)}"]`);
  if (!around) return;
  const { used, limit, shown } = size(editor);
  const count = around.querySelector('[data-editor-count]');
  if (count) {
    const near = refused > 0 || used > limit * 0.9;
    count.hidden = !near;
    if (near) count.textContent = (refused ? count.dataset.refusedWords : count.dataset.words).replace('{0}', shown(refused || used)).replace('{1}', shown(limit));
    count.toggleAttribute('data-refused', refused > 0);
  }
  const unsent = around.querySelector('[data-editor-unsent]');
  if (unsent) {
    const characters = editor.area.value === editor.kept ? 0 : Math.max(1, Math.abs(editor.area.value.length - editor.kept.length));
    unsent.hidden = characters === 0;
    unsent.textContent = unsent.dataset.words.replace('{0}', characters);
  }
}

addEventListener('pagehide', () => editors.forEach(editor => flush(editor.id)));
