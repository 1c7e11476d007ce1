// Stands in for the backend: the page asks it as it would ask Tauri. `STATE` stands before this text: what the view
// is, and what each command answers. A command that is not in it never answers, as while a request is under way.
(() => {
  const { view, answers, spoken } = STATE;
  const settled = {
    window_ready: { gives: null },
    wake: { gives: null },
    load_sentences: { gives: spoken },
    watch_app: view ? { gives: view } : undefined,
    "plugin:supabase-session|find_local_project": { gives: null },
    ...answers,
  };
  window.__TAURI_INTERNALS__ = {
    transformCallback: () => 1,
    invoke(name) {
      if (name === "window_ready") window.isReady = true;
      const answer = settled[name];
      if (!answer) return new Promise(() => {});
      return "gives" in answer ? Promise.resolve(answer.gives) : Promise.reject(answer.fails);
    },
  };
  window.__FOYER__ = { view, spoken };
})();
