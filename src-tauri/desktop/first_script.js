// Behind `start`, before anything is painted: the page has its colours and its direction. Its program sets the same again,
// for an engine that has no root element yet.
{
  const { theme, spoken } = start;
  const root = document.documentElement;
  root?.setAttribute("data-theme", theme);
  root?.setAttribute("lang", spoken.language);
  root?.setAttribute("dir", spoken.language === "ar" ? "rtl" : "ltr");
}
// The first frame stands before there is a program that hears what is pressed in it. The first button that is pressed is
// kept for the program, and no form is sent anywhere.
const pressed = (() => {
  let first = null;
  const keep = (event) => {
    const button = event.target.closest?.("button");
    if (!button && event.type === "click") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    first ??= button;
  };
  const heard = ["click", "submit"];
  for (const type of heard) addEventListener(type, keep, true);
  return () => {
    for (const type of heard) removeEventListener(type, keep, true);
    return first;
  };
})();
Object.defineProperty(window, "__FOYER__", { value: Object.freeze({ ...start, pressed }) });
