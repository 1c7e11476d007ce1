// After `__FOYER__`. The page's program sets the same again, for an engine that has no root element yet.
document.documentElement?.setAttribute("data-theme", window.__FOYER__.preferences.theme);
