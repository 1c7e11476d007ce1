// The page that holds a frame of each width, side by side, and lets the gallery change what they look like.
window.stage = (() => {
  const frames = () => [...document.querySelectorAll("iframe")];
  const twoFrames = (inner) =>
    new Promise((done) => inner.requestAnimationFrame(() => inner.requestAnimationFrame(done)));
  const found = async (inner, testid) => {
    const deadline = performance.now() + 10000;
    for (;;) {
      const element = inner.document.querySelector(`[data-testid="${testid}"]`);
      if (element) return element;
      if (performance.now() > deadline) throw new Error(`no ${testid} in the page`);
      await twoFrames(inner);
    }
  };
  const take = async (inner, [kind, testid, text]) => {
    const element = await found(inner, testid);
    if (kind === "click") element.click();
    if (kind === "type") {
      const prototype = element.tagName === "TEXTAREA" ? inner.HTMLTextAreaElement : inner.HTMLInputElement;
      element.focus();
      Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(element, text);
      element.dispatchEvent(new inner.InputEvent("input", { bubbles: true }));
      await twoFrames(inner);
      element.blur();
    }
    if (kind === "press") {
      const [key, ...held] = text.split("+").reverse();
      const pressed = { key, ctrlKey: held.includes("Control"), altKey: held.includes("Alt"), bubbles: true, cancelable: true };
      element.dispatchEvent(new inner.KeyboardEvent("keydown", pressed));
    }
    if (kind === "open") element.closest("details").open = true;
    await twoFrames(inner);
  };
  const fill = async (frame, address, steps) => {
    frame.style.height = "760px";
    await new Promise((loaded) => {
      frame.onload = loaded;
      frame.src = address;
    });
    const inner = frame.contentWindow;
    const deadline = performance.now() + 30000;
    while (!inner.isReady) {
      if (performance.now() > deadline) throw new Error("the page did not begin");
      await twoFrames(inner);
    }
    await twoFrames(inner);
    for (const step of steps) await take(inner, step);
    inner.document.activeElement?.blur?.();
  };
  const dress = async (frame, look) => {
    const root = frame.contentDocument.documentElement;
    // A media query counts in the size of text that the person set in the system, which the root's own does not change.
    for (const { media } of [...frame.contentDocument.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
      if (!media) continue;
      media.written ??= media.mediaText;
      media.mediaText = media.written.replace(/([\d.]+)rem/g, (_, rem) => `${rem * 0.16 * look.text}px`);
    }
    root.dataset.theme = look.theme;
    root.style.fontSize = `${look.text}%`;
    root.dir = look.dir;
    // The height that holds the whole page, and no less than that of a window.
    frame.style.height = "760px";
    await twoFrames(frame.contentWindow);
    frame.style.height = `${Math.min(Math.max(760, root.scrollHeight), 7900)}px`;
    await twoFrames(frame.contentWindow);
  };
  // WCAG 2.5.8.
  const least = 24;
  const stops = (inner) => {
    const page = inner.document;
    const within = page.querySelector("dialog[open]") ?? page.body;
    const all = within.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
    return [...all].filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  };
  const target = (stop) => {
    // A label is pressed as its control is.
    const parts = [stop, ...(stop.labels ?? [])].map((one) => one.getBoundingClientRect());
    if (!["checkbox", "radio"].includes(stop.type)) return parts[0];
    const [left, top] = ["left", "top"].map((side) => Math.min(...parts.map((part) => part[side])));
    const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...parts.map((part) => part[side])));
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };
  const called = (stop) => stop.dataset.testid ?? stop.outerHTML.slice(0, 80);
  const measured = (inner) => {
    const found = [];
    const isRtl = inner.document.documentElement.dir === "rtl";
    let before = null;
    for (const stop of stops(inner)) {
      const at = target(stop);
      if (Math.min(at.width, at.height) < least - 0.01) {
        found.push(`${called(stop)} is ${at.width.toFixed(1)} x ${at.height.toFixed(1)}`);
      }
      if (before) {
        const isAbove = at.bottom <= before.at.top + 1;
        const isNextColumn = isRtl ? at.right <= before.at.left + 1 : at.left >= before.at.right - 1;
        const isBackInLine = !isAbove && at.top < before.at.bottom - 1 && (isRtl ? at.left >= before.at.right - 1 : at.right <= before.at.left + 1);
        if ((isAbove && !isNextColumn) || isBackInLine) found.push(`after ${before.name} comes ${called(stop)}`);
      }
      before = { at, name: called(stop) };
    }
    return found;
  };
  return {
    async load(address, steps) {
      await Promise.all(frames().map((frame) => fill(frame, address, steps)));
    },
    async look(look) {
      await Promise.all(frames().map((frame) => dress(frame, look)));
      return frames().map((frame) => {
        const root = frame.contentWindow.document.documentElement;
        // What stands beyond the frame's edge could only be reached by scrolling sideways, or not at all.
        const overhang = root.scrollWidth - root.clientWidth;
        return { left: frame.offsetLeft, width: frame.offsetWidth, height: frame.offsetHeight, overhang };
      });
    },
    async painted() {
      await twoFrames(window);
    },
    // What the keyboard and the pointer meet: tab stops in an order that the eye follows, and targets that can be hit.
    async measure() {
      return frames().flatMap((frame) => measured(frame.contentWindow).map((found) => `${frame.offsetWidth}: ${found}`));
    },
    async axe(index) {
      const inner = frames()[index].contentWindow;
      if (!inner.axe) {
        await new Promise((loaded, failed) => {
          const script = inner.document.createElement("script");
          script.onload = loaded;
          script.onerror = () => failed(new Error("axe-core could not be loaded"));
          script.src = "/axe.js";
          inner.document.head.append(script);
        });
      }
      const { violations } = await inner.axe.run(inner.document, { resultTypes: ["violations"] });
      return violations.flatMap((found) =>
        found.nodes.map((node) => `${found.id} (${found.impact}): ${node.target.join(" ")} - ${node.html.slice(0, 160)} - ${
          (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? found.help}`),
      );
    },
  };
})();
