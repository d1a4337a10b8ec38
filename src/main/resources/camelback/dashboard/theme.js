// Runs before the first paint: a theme chosen earlier holds; otherwise the system's does.
(function () {
  try {
    const chosen = localStorage.getItem('camelback-theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch (denied) {
    document.documentElement.dataset.stores = 'no';
  }
})();
