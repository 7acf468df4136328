// editor.js: a text area that belongs to the browser. Typing never waits for the server and the server never writes while somebody types.
//
// attach(textarea, ref, {key, live, draft, limit}) → id      detach(id)      set(id, text)      flush(id) → when everything has left
//   live, draft   milliseconds of quiet (draft: at most that long after the first unsent key) before ref.OnText(kind, version, stream)
//   kind          "live" (show a diff, count) or "draft" (keep it); a draft also counts as live
//   stream        UTF-8 bytes, as a stream reference, because a hub message is limited to 32 KB; answers whether it was kept
//   limit         bytes of UTF-8 (256 KB): what goes over is not accepted, the counter says so
//   key           where unsent text waits in sessionStorage if the circuit goes; put back and sent at the next attach
// Around it: [data-editor="id of the textarea"] holds [data-editor-count] (bytes, near the limit) and [data-editor-unsent] (characters not yet kept).

const editors = new Map();
const encoder = new TextEncoder();
let nextId = 1;

export function attach(area, ref, options) {
  const id = nextId++;
  const editor = { id, area, ref, options, version: 0, kept: area.defaultValue, accepted: area.value, live: 0, draft: 0, sending: Promise.resolve() };
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
  show(editor);
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
  editor.area.value = editor.kept = editor.accepted = text;
  sessionStorage.removeItem(storeKey(editor));
  show(editor);
}

export async function flush(id) {
  const editor = editors.get(id);
  if (!editor) return;
  clearTimeout(editor.live);
  clearTimeout(editor.draft);
  editor.draft = 0;
  if (editor.area.value !== editor.kept) send(editor, 'draft');
  await editor.sending;
}

const storeKey = editor => `rc-editor-${editor.options.key}`;

function input(editor) {
  const { area, options } = editor;
  if (encoder.encode(area.value).length > options.limit) {
    // Put back what fitted, keep the caret near: a paste that is too long must not silently lose its end.
    const caret = Math.max(0, area.selectionStart - (area.value.length - editor.accepted.length));
    area.value = editor.accepted;
    area.setSelectionRange(caret, caret);
    show(editor, true);
    return;
  }
  editor.accepted = area.value;
  editor.version++;
  sessionStorage.setItem(storeKey(editor), area.value);
  clearTimeout(editor.live);
  editor.live = setTimeout(() => send(editor, 'live'), options.live);
  if (!editor.draft) editor.draft = setTimeout(() => { editor.draft = 0; send(editor, 'draft'); }, options.draft);
  show(editor);
}

function send(editor, kind) {
  const text = editor.area.value;
  const version = editor.version;
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
    show(editor);
  });
}

function show(editor, refused = false) {
  const around = document.querySelector(`[data-editor="${CSS.escape(editor.area.id)}"]`);
  if (!around) return;
  const bytes = encoder.encode(editor.area.value).length;
  const count = around.querySelector('[data-editor-count]');
  if (count) {
    const near = refused || bytes > editor.options.limit * 0.9;
    count.hidden = !near;
    if (near) count.textContent = count.dataset.words.replace('{0}', Math.ceil(bytes / 1024)).replace('{1}', Math.floor(editor.options.limit / 1024));
    count.toggleAttribute('data-refused', refused);
  }
  const unsent = around.querySelector('[data-editor-unsent]');
  if (unsent) {
    const characters = editor.area.value === editor.kept ? 0 : Math.max(1, Math.abs(editor.area.value.length - editor.kept.length));
    unsent.hidden = characters === 0;
    unsent.textContent = unsent.dataset.words.replace('{0}', characters);
  }
}

addEventListener('pagehide', () => editors.forEach(editor => flush(editor.id)));
