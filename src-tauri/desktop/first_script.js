// After `__FOYER__`: the page has its colours and its direction before anything is painted. Its program sets the same
// again, for an engine that has no root element yet.
{
  const { view, spoken } = window.__FOYER__;
  const root = document.documentElement;
  root?.setAttribute("data-theme", view.preferences.theme);
  root?.setAttribute("lang", spoken.language);
  root?.setAttribute("dir", spoken.language === "ar" ? "rtl" : "ltr");
}
