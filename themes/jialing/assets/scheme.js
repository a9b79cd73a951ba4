// The scheme that a reader chose: set before anything is painted, so that nothing flashes.
// A classic script for that reason. Without it the device decides, and there is no button.
(() => {
  const root = document.documentElement;
  const order = ['auto', 'light', 'dark'];
  // Storage may be forbidden; then the choice holds for this page.
  const remembered = () => { try { return localStorage.getItem('scheme'); } catch { return null; } };
  const remember = (scheme) => { try { localStorage.setItem('scheme', scheme); } catch { /* forbidden */ } };
  // The button takes its room before anything is painted, or the nameplate would jump.
  root.dataset.scripts = '';
  let scheme = order.includes(remembered()) ? remembered() : 'auto';
  const apply = () => {
    if (scheme === 'auto') delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    for (const button of document.querySelectorAll('.scheme')) {
      button.setAttribute('aria-label', button.dataset[scheme]);
      button.title = button.dataset[scheme];
    }
  };
  apply();
  document.addEventListener('DOMContentLoaded', apply);
  document.addEventListener('bashu:changed', apply);
  document.addEventListener('click', (event) => {
    if (!event.target.closest?.('.scheme')) return;
    scheme = order[(order.indexOf(scheme) + 1) % order.length];
    remember(scheme);
    apply();
  });
})();
