// scan.js: a picture that is larger than its frame, and the boxes on it.
//
// attach(frame) → id      detach(id)
//   frame           .rc-scan around .rc-scan-stage; [data-aim] says which share of the width is in the middle at first. A picture that grows or shrinks keeps its middle.
//                   [data-top]: which share of the height is in view when the first piece of evidence opens enlarged
//   pan             a drag on the picture moves it, sideways in its frame and up and down in what scrolls around it
//   [data-editing]  the box of the active field: a drag moves it, its handle sizes it; where it ends is written into the inputs field-N-box-0 … 3 (x, y, width, height)

const frames = new Map();
let nextId = 1;

export function attach(frame) {
  const id = nextId++;
  const state = { frame, middle: Number(frame.dataset.aim ?? 0.5), stop: new AbortController() };
  const on = (name, listener) => frame.addEventListener(name, listener, { signal: state.stop.signal });
  state.sizes = new ResizeObserver(() => centre(state));
  state.sizes.observe(frame.firstElementChild);
  on('scroll', () => { if (frame.scrollWidth > frame.clientWidth) state.middle = (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth; });
  on('pointerdown', event => press(state, event));
  frames.set(id, state);
  centre(state);
  open(frame);
  return id;
}

export function detach(id) {
  frames.get(id)?.sizes.disconnect();
  frames.get(id)?.stop.abort();
  frames.delete(id);
}

function centre({ frame, middle }) {
  frame.scrollLeft = middle * frame.scrollWidth - frame.clientWidth / 2;
}

// Where nobody has scrolled yet, an enlarged picture opens at its first box, not at the white above it.
function open(frame) {
  const pane = frame.closest('.rc-pane-body');
  if (!frame.dataset.top || !pane || pane.scrollTop > 0 || pane.querySelector('[data-evidence]') !== frame.closest('[data-evidence]')) return;
  const stage = frame.firstElementChild.getBoundingClientRect();
  const top = stage.top + stage.height * Number(frame.dataset.top) - pane.getBoundingClientRect().top;
  if (top > pane.clientHeight / 3) pane.scrollTop = top - pane.clientHeight / 6;
}

function press(state, event) {
  if (event.button !== 0 || !event.isPrimary) return;
  const box = event.target.closest('.rc-box[data-editing]');
  const drag = box ? draw(box, event) : pan(state, event);
  const stop = new AbortController();
  const on = (name, listener) => addEventListener(name, listener, { signal: stop.signal });
  const end = moved => { stop.abort(); drag.end?.(moved); };
  let moved = false;
  on('pointermove', move => {
    moved ||= Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) > 3;
    if (moved) drag.move(move);
  });
  on('pointerup', () => end(moved));
  on('pointercancel', () => end(false));
  if (box) event.preventDefault();
}

function pan({ frame }, event) {
  const pane = frame.closest('.rc-pane-body');
  let { clientX, clientY } = event;
  return {
    move(to) {
      frame.dataset.panning = 'true';
      frame.scrollLeft += clientX - to.clientX;
      if (pane) pane.scrollTop += clientY - to.clientY;
      ({ clientX, clientY } = to);
    },
    end() { delete frame.dataset.panning; },
  };
}

function draw(box, event) {
  const rect = box.querySelector('.rc-box-frame');
  const handle = box.querySelector('.rc-box-handle');
  const svg = box.ownerSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  const at = point => new DOMPoint(point.clientX, point.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const sizes = event.target === handle;
  const from = at(event);
  const before = ['x', 'y', 'width', 'height'].map(name => Number(rect.getAttribute(name)));
  const paint = sides => {
    ['x', 'y', 'width', 'height'].forEach((name, i) => rect.setAttribute(name, sides[i]));
    handle.setAttribute('cx', sides[0] + sides[2]);
    handle.setAttribute('cy', sides[1] + sides[3]);
  };
  let now = before;
  return {
    move(point) {
      const to = at(point);
      const [x, y, w, h] = before;
      const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
      now = sizes
        ? [x, y, Math.max(2, within(w + to.x - from.x, width - x)), Math.max(2, within(h + to.y - from.y, height - y))]
        : [within(x + to.x - from.x, width - w), within(y + to.y - from.y, height - h), w, h];
      paint(now);
    },
    end(moved) {
      if (!moved) { paint(before); return; }
      now.forEach((side, i) => {
        const input = document.getElementById(`field-${box.dataset.number}-box-${i}`);
        if (!input || side === before[i]) return;
        input.value = side;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
    },
  };
}
