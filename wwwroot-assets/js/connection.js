// connection.js: what happens when the circuit is lost. Blazor sets a class on #components-reconnect-modal: components-reconnect-show while it
// tries, -failed when it gave up, -rejected when the server no longer knows the circuit. We write the times, keep trying after "failed", and load
// the page again after "rejected": place and drafts are on the server, typing that had not left is kept by editor.js.

const banner = document.getElementById('components-reconnect-modal');
const part = name => banner.querySelector(`[data-connection-${name}]`);
const clock = at => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const every = 4000;
let lostAt = 0;
let timer = 0;
let nextAt = 0;

function state() {
  for (const name of ['show', 'failed', 'rejected']) if (banner.classList.contains(`components-reconnect-${name}`)) return name;
  return '';
}

async function alive() {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

async function again() {
  if (!await alive()) return;
  if (state() === 'show') return void Blazor.reconnect?.();
  location.reload();
}

function tick() {
  const now = Date.now();
  if (state() !== 'show' && now >= nextAt) {
    nextAt = now + every;
    again();
  }
  const seconds = Math.max(1, Math.ceil((nextAt - now) / 1000));
  part('retry').textContent = state() === 'show' ? '' : banner.dataset.retry.replace('{0}', seconds);
}

function change() {
  const now = state();
  if (!now) {
    clearInterval(timer);
    timer = 0;
    return;
  }
  if (timer === 0) {
    lostAt = Date.now();
    part('lost').textContent = banner.dataset.lost.replace('{0}', clock(lostAt));
    const saved = Number(document.documentElement.dataset.draftSaved ?? 0);
    if (saved) part('saved').textContent = banner.dataset.saved.replace('{0}', clock(saved));
    timer = setInterval(tick, 1000);
  }
  if (now === 'rejected') again();
  tick();
}

new MutationObserver(change).observe(banner, { attributes: true, attributeFilter: ['class'] });
banner.querySelector('[data-reconnect]').addEventListener('click', again);
