// theme.js: theme and contrast before the first paint. A plain script in <head> after the style sheets, since the policy forbids inline ones.
//
// Kept in localStorage: rc-theme = light | dark (absent: system), rc-contrast = more (absent: the system's prefers-contrast).
// Sets data-theme and data-contrast on <html> and switches the component library's sheets (link[data-sheet]) together with them.
// Controls: radios [data-theme-choice] with value system | light | dark, a checkbox [data-contrast-choice], buttons [data-language="de"].
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const more = matchMedia('(prefers-contrast: more)');

  function apply() {
    const chosen = localStorage.getItem('rc-theme');
    const theme = chosen ?? (dark.matches ? 'dark' : 'light');
    if (chosen) root.dataset.theme = chosen; else delete root.dataset.theme;
    const contrast = localStorage.getItem('rc-contrast') ?? (more.matches ? 'more' : 'normal');
    if (contrast === 'more') root.dataset.contrast = 'more'; else delete root.dataset.contrast;
    root.classList.toggle('rz-material', theme === 'light');
    root.classList.toggle('rz-material-dark', theme === 'dark');
    for (const sheet of document.querySelectorAll('link[data-sheet]')) sheet.media = sheet.dataset.sheet === theme ? 'all' : 'not all';
    sync(chosen, contrast);
  }

  function sync(chosen, contrast) {
    for (const radio of document.querySelectorAll('[data-theme-choice]')) radio.checked = radio.value === (chosen ?? 'system');
    for (const box of document.querySelectorAll('[data-contrast-choice]')) box.checked = contrast === 'more';
  }

  apply();
  dark.addEventListener('change', apply);
  more.addEventListener('change', apply);
  addEventListener('storage', apply);
  // The menu is drawn again when the circuit starts: its marks are set when it opens.
  document.addEventListener('toggle', apply, true);
  document.addEventListener('DOMContentLoaded', apply);

  document.addEventListener('change', event => {
    if (event.target.matches('[data-theme-choice]')) {
      if (event.target.value === 'system') localStorage.removeItem('rc-theme'); else localStorage.setItem('rc-theme', event.target.value);
      apply();
    } else if (event.target.matches('[data-contrast-choice]')) {
      localStorage.setItem('rc-contrast', event.target.checked ? 'more' : 'normal');
      apply();
    }
  });

  document.addEventListener('click', event => {
    const language = event.target.closest?.('[data-language]')?.dataset.language;
    if (!language) return;
    document.cookie = `.AspNetCore.Culture=${encodeURIComponent(`c=${language}|uic=${language}`)};path=/;max-age=31536000;samesite=lax`;
    location.reload();
  });
})();
