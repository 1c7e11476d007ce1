// Stands in for the backend: the page asks it as it would ask Tauri. `STATE` stands before this text: what the view
// is, what each command answers, and what the page hears once it watches. A command that is not in it never answers, as while a request is under way.
const start = (() => {
  const { view, answers, messages, spoken } = STATE;
  const settled = {
    wake: { gives: null },
    load_sentences: { gives: spoken },
    watch_app: view ? { gives: view } : undefined,
    "plugin:supabase-session|find_local_project": { gives: null },
    ...answers,
  };
  let hear;
  let heard = 0;
  window.tell = (message) => hear({ message, index: heard++ });
  // What the page has asked for, in its order.
  window.asked = [];
  window.__TAURI_INTERNALS__ = {
    transformCallback(callback) {
      hear = callback;
      return 1;
    },
    invoke(name, given) {
      window.asked.push([name, given.request]);
      if (name === "watch_app") {
        // Where the first frame is compared, the program has taken it over by now.
        window.compared?.take();
        // The page asks this once its first frame stands.
        window.isReady = true;
        setTimeout(() => messages.forEach(window.tell));
      }
      const answer = settled[name];
      if (!answer) return new Promise(() => {});
      if ("failsOnce" in answer) {
        delete settled[name];
        return Promise.reject(answer.failsOnce);
      }
      return "gives" in answer ? Promise.resolve(answer.gives) : Promise.reject(answer.fails);
    },
  };
  return { theme: view?.preferences.theme, spoken };
})();

