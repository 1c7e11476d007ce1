// Behind the document with the shell's first frame, before its program runs: everything that the elements have is taken
// from them. What they have once the program has taken them over is what its own first render gave them.
// A picture that cannot be loaded changes the page later on, which is not its first render any more.
addEventListener("error", (event) => event.stopImmediatePropagation(), true);
window.compared = (() => {
  const app = document.getElementById("app");
  const written = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const attributes = [...node.attributes]
      // The shell gives the focus, and a field has its text in a property.
      .filter(({ name }) => !["autofocus", "value", "checked", "open"].includes(name))
      .map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
    if ("value" in node && node.tagName === "INPUT") attributes.push(`value=${JSON.stringify(node.value)}`, `checked=${node.checked}`);
    const within = node.tagName === "TEXTAREA" ? node.value : [...node.childNodes].map(written).join("");
    return `<${node.tagName} ${attributes.sort().join(" ")}>${within}</${node.tagName}>\n`;
  };
  const content = () => [...app.childNodes].map(written).join("");
  const shell = content();
  const walk = document.createTreeWalker(app, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      node.data = "";
      continue;
    }
    if (node.tagName === "INPUT") [node.value, node.checked] = ["", false];
    for (const { name } of [...node.attributes]) node.removeAttribute(name);
  }
  return { shell, program: null, take() { this.program ??= content(); } };
})();
