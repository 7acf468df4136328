// ticker.js: time passes in the browser, the server renders none of it.
//
// <… data-due="unix ms">      due badge (SlaBadge): text in its [data-due-text], data-state = ok | soon | over; soon is the last 15 minutes.
// <… data-until="unix ms" data-format="seconds|clock">   countdown: "7 s" or "13:42"; at zero data-done appears.
// <… data-since="unix ms">    age: "2 h 18".
// <time data-at="unix ms" data-format="time|seconds|date|full">   in the reader's zone and language; the server's text is UTC.
// Words with {0} come from data-minutes, data-hours, data-days, data-over, data-seconds on <body>. Texts are changed inside the text node that the
// server rendered, so that its next render still finds it. A server clock that differs from this one is allowed for by data-clock (its Unix ms).

const soon = 15 * 60000;
const words = document.body.dataset;
const language = document.documentElement.lang;
const formats = {
  time: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  seconds: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  date: new Intl.DateTimeFormat(language, { dateStyle: 'medium' }),
  full: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }),
};
const skew = words.clock ? Number(words.clock) - (performance.timeOrigin + performance.getEntriesByType('navigation')[0].responseStart) : 0;
// Less than two seconds is the way the page took, not a wrong clock.
const now = () => Date.now() + (Math.abs(skew) > 2000 ? skew : 0);

const fill = (text, ...values) => values.reduce((filled, value, at) => filled.replace(`{${at}}`, value), text);
const two = value => String(value).padStart(2, '0');

function span(minutes) {
  if (minutes < 60) return fill(words.minutes, minutes);
  if (minutes < 1440) return fill(words.hours, Math.floor(minutes / 60), two(minutes % 60));
  return fill(words.days, Math.floor(minutes / 1440), Math.floor(minutes % 1440 / 60));
}

function write(element, text) {
  const node = element.firstChild;
  if (node?.nodeType === Node.TEXT_NODE) {
    if (node.nodeValue !== text) node.nodeValue = text;
  } else if (!node) {
    element.textContent = text;
  }
}

function due(element, at) {
  const left = Number(element.dataset.due) - at;
  const state = left <= 0 ? 'over' : left <= soon ? 'soon' : 'ok';
  if (element.dataset.state !== state) element.dataset.state = state;
  const text = left > 0 ? span(Math.ceil(left / 60000)) : fill(words.over, span(Math.max(1, Math.floor(-left / 60000))));
  write(element.querySelector('[data-due-text]') ?? element, text);
}

function countdown(element, at) {
  const seconds = Math.max(0, Math.ceil((Number(element.dataset.until) - at) / 1000));
  element.toggleAttribute('data-done', seconds === 0);
  write(element, element.dataset.format === 'clock' ? `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` : fill(words.seconds, seconds));
}

function tick() {
  const at = now();
  for (const element of document.querySelectorAll('[data-due]')) due(element, at);
  for (const element of document.querySelectorAll('[data-until]')) countdown(element, at);
  for (const element of document.querySelectorAll('[data-since]')) write(element, span(Math.max(0, Math.floor((at - Number(element.dataset.since)) / 60000))));
  for (const element of document.querySelectorAll('time[data-at]')) write(element, (formats[element.dataset.format] ?? formats.full).format(Number(element.dataset.at)));
}

let queued = false;
new MutationObserver(() => {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => {
    queued = false;
    tick();
  });
}).observe(document.body, { childList: true, characterData: true, subtree: true });
setInterval(tick, 1000);
tick();
