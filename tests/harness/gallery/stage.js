// The page that holds a frame of each width, side by side, and lets the gallery change what they look like.
window.stage = (() => {
  const frames = () => [...document.querySelectorAll("iframe")];
  const twoFrames = (inner) =>
    new Promise((done) => inner.requestAnimationFrame(() => inner.requestAnimationFrame(done)));
  // The page has done what follows from a step. A browser that paints without a graphics card gives no frames while
  // there is nothing to paint.
  const settled = (inner) => Promise.race([twoFrames(inner), new Promise((done) => setTimeout(done, 400))]);
  const found = async (inner, testid) => {
    const deadline = performance.now() + 10000;
    for (;;) {
      const element = inner.document.querySelector(`[data-testid="${testid}"]`);
      if (element) return element;
      if (performance.now() > deadline) throw new Error(`no ${testid} in the page`);
      await settled(inner);
    }
  };
  const take = async (inner, [kind, testid, text]) => {
    if (kind === "hear") {
      // An object of the page that is told: others are none to it.
      inner.tell(inner.JSON.parse(JSON.stringify(testid)));
      return settled(inner);
    }
    const element = await found(inner, testid);
    if (kind === "click") element.click();
    if (kind === "type" && element.tagName === "SELECT") {
      element.value = text;
      element.dispatchEvent(new inner.Event("change", { bubbles: true }));
    } else if (kind === "type") {
      const prototype = element.tagName === "TEXTAREA" ? inner.HTMLTextAreaElement : inner.HTMLInputElement;
      element.focus();
      Object.getOwnPropertyDescriptor(prototype.prototype, "value").set.call(element, text);
      element.dispatchEvent(new inner.InputEvent("input", { bubbles: true }));
      await settled(inner);
      element.blur();
    }
    if (kind === "press") {
      const [key, ...held] = text.split("+").reverse();
      const pressed = { key, ctrlKey: held.includes("Control"), altKey: held.includes("Alt"), bubbles: true, cancelable: true };
      element.dispatchEvent(new inner.KeyboardEvent("keydown", pressed));
    }
    if (kind === "open") element.closest("details").open = true;
    await settled(inner);
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
      await settled(inner);
    }
    await settled(inner);
    for (const step of steps) await take(inner, step);
    inner.document.activeElement?.blur?.();
  };
  // Changes what a frame looks like and, where it is given, its width. It gets the height of a window.
  const dress = (frame, look, width) => {
    if (width) frame.style.width = `${width}px`;
    const root = frame.contentDocument.documentElement;
    // A media query counts in the size of text that the person set in the system, which the root's own does not change;
    // and it asks the system for more contrast.
    for (const { media } of [...frame.contentDocument.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
      if (!media) continue;
      media.written ??= media.mediaText;
      const scaled = media.written
        .replace(/([\d.]+)rem/g, (_, rem) => `${rem * 0.16 * look.text}px`)
        .replace("(prefers-contrast: more)", (query) => (look.contrast === "more" ? "all" : query));
      if (media.mediaText !== scaled) media.mediaText = scaled;
    }
    root.dataset.theme = look.theme;
    root.style.fontSize = `${look.text}%`;
    root.dir = look.dir;
    frame.style.height = "760px";
  };
  // Gives a frame the height that holds its whole page, and no less than that of a window.
  const unroll = async (frame) => {
    await twoFrames(frame.contentWindow);
    const root = frame.contentDocument.documentElement;
    frame.style.height = `${Math.min(Math.max(760, root.scrollHeight), 7900)}px`;
    await twoFrames(frame.contentWindow);
  };
  const load = (inner, address) =>
    new Promise((loaded, failed) => {
      const script = inner.document.createElement("script");
      script.onload = loaded;
      script.onerror = () => failed(new Error(`${address} could not be loaded`));
      script.src = address;
      inner.document.head.append(script);
    });
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
  // What stands beyond the frame's edge could only be reached by scrolling sideways, or not at all.
  const overhang = ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth;
  const measured = (inner) => {
    const found = [];
    const root = inner.document.documentElement;
    const isRtl = root.dir === "rtl";
    // Widths are rounded.
    if (overhang(root) > 1) found.push(`the page is ${overhang(root)} px wider than its window`);
    for (const box of inner.document.querySelectorAll("body *")) {
      const isCut = box.clientHeight < least && box.scrollHeight > box.clientHeight + 1 && box.checkVisibility();
      if (isCut && ["auto", "scroll"].includes(inner.getComputedStyle(box).overflowY)) {
        found.push(`nothing is seen of what is in ${called(box)}`);
      }
    }
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
    async look(look, width) {
      frames().forEach((frame) => dress(frame, look, width));
      await Promise.all(frames().map(unroll));
      return frames().map((frame) => {
        const root = frame.contentWindow.document.documentElement;
        return { left: frame.offsetLeft, width: frame.offsetWidth, height: frame.offsetHeight, overhang: overhang(root) };
      });
    },
    async painted() {
      await twoFrames(window);
    },
    // What the keyboard and the pointer meet in the first frame, in each look and width: tab stops in an order that the
    // eye follows, and targets that can be hit.
    async measure(looks, widths) {
      const [frame] = frames();
      const own = frame.offsetWidth;
      const found = looks.map((look) =>
        widths.flatMap((width) => {
          dress(frame, look, width);
          return measured(frame.contentWindow).map((finding) => `${width}: ${finding}`);
        }),
      );
      frame.style.width = `${own}px`;
      return found;
    },
    // What axe-core finds in the first frame: by these rules, or by all that it has.
    async axe(look, rules) {
      const [frame] = frames();
      const inner = frame.contentWindow;
      dress(frame, look);
      if (!inner.axe) await load(inner, "/axe.js");
      const runOnly = rules && { type: "rule", values: rules };
      const { violations } = await inner.axe.run(inner.document, { resultTypes: ["violations"], ...(runOnly && { runOnly }) });
      return violations.flatMap((found) =>
        found.nodes.map((node) => `${found.id} (${found.impact}): ${node.target.join(" ")} - ${node.html.slice(0, 160)} - ${
          (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? found.help}`),
      );
    },
  };
})();
