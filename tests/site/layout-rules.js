// What layout.mjs asks of a page, from within it: a classic script that leaves `layout` behind. Each
// rule gives a list of faults, as texts. Knows no theme: only what the browser made of the page.

globalThis.layout = (() => {
  // Parts of a pixel are rounding.
  const SLACK = 1;

  const style = (element) => getComputedStyle(element);
  const isVisible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const inSvg = (element) => element.namespaceURI === "http://www.w3.org/2000/svg";
  const inMath = (element) => element.namespaceURI === "http://www.w3.org/1998/Math/MathML";

  function* ancestors(element) {
    for (let at = element; at; at = at.parentElement) yield at;
  }

  /** Hidden from the eye and left to screen readers, by one of the usual ways. */
  const unseen = memo((element) => {
    const { clipPath, clip, overflow } = style(element);
    const { width, height } = element.getBoundingClientRect();
    const tiny = (width <= 1 || height <= 1) && /hidden|clip/.test(overflow);
    if (tiny || clipPath.startsWith("inset(50%") || /rect\(0px,? 0px,? 0px,? 0px\)|rect\(1px/.test(clip)) return true;
    return element.parentElement ? unseen(element.parentElement) : false;
  });

  /** Waits above or beside the page until the keyboard comes to it, as links to the content do. */
  const waiting = (element, rect) =>
    (rect.bottom + scrollY <= 0 || rect.right <= 0 || rect.left >= innerWidth) && element.closest("a, button") !== null;

  function memo(compute) {
    const known = new WeakMap();
    return (element) => {
      if (!known.has(element)) known.set(element, compute(element));
      return known.get(element);
    };
  }

  /** The block whose lines a text is part of. A text in SVG is one by itself. */
  const block = memo((element) => {
    if (inSvg(element)) return element.closest("text") ?? element;
    if (inMath(element)) return element.closest("math");
    for (const at of ancestors(element)) if (!/^(inline|contents|ruby)/.test(style(at).display)) return at;
    return document.body;
  });

  const label = (element, text = element.textContent) => {
    const name = `${element.localName}${[...element.classList].map((name) => `.${name}`).join("")}`;
    const words = text.replace(/\s+/g, " ").trim();
    return `${name} “${words.length > 30 ? `${words.slice(0, 30)}…` : words}”`;
  };

  /** Texts that can be seen: { node, element, rects }, a rect for each line. */
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !isVisible(element) || unseen(element)) continue;
      const rects = [];
      // A space at either end may hang on a line of its own, and one that indents code is no ink.
      for (const { 0: words, index } of node.data.matchAll(/\S(?:.*\S)?/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + words.length);
        rects.push(...[...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5));
      }
      if (rects.length > 0 && !rects.every((rect) => waiting(element, rect))) found.push({ node, element, rects });
    }
    return found;
  }

  /** What of a line is ink, about: its box reaches further than its letters. */
  function ink(rect, size, half = 0.35) {
    const middle = (rect.top + rect.bottom) / 2;
    const reach = Math.min(size * half, rect.height / 2);
    return { left: rect.left, right: rect.right, top: middle - reach, bottom: middle + reach };
  }

  const fontSize = memo((element) => {
    const size = parseFloat(style(element).fontSize);
    const matrix = inSvg(element) && element.getScreenCTM?.();
    return matrix ? size * Math.hypot(matrix.a, matrix.b) : size;
  });

  /** The nearest ancestor that a reader can scroll sideways. */
  const scroller = memo((element) => {
    for (const at of ancestors(element)) {
      if (at === document.body || at === document.documentElement) return null;
      if (/auto|scroll/.test(style(at).overflowX)) return at;
    }
    return null;
  });

  function overflow() {
    const root = document.documentElement;
    const wide = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
    return wide > 0 ? [`the page is ${wide} px wider than the screen`] : [];
  }

  /** Nothing reaches over an edge of the screen, where it may not even widen the page. */
  function sticking() {
    const faults = [];
    const edge = document.documentElement.clientWidth;
    const look = (element, rect, what) => {
      const out = Math.max(-rect.left, rect.right - edge);
      if (out > SLACK && !scroller(element) && !waiting(element, rect)) {
        faults.push(`${what} sticks out of the screen by ${Math.round(out)} px`);
      }
    };
    for (const { node, element, rects } of texts()) {
      const [left, right] = [Math.min(...rects.map((rect) => rect.left)), Math.max(...rects.map((rect) => rect.right))];
      look(element, { left, right, bottom: rects[0].bottom }, label(element, node.data));
    }
    for (const element of document.querySelectorAll("img, video, table, pre, button, input, select, math, svg, iframe")) {
      const clipped = [...ancestors(element.parentElement)].some(
        (at) => at !== document.body && at !== document.documentElement && /hidden|clip/.test(style(at).overflowX),
      );
      // What is only drawn may be cut off by design.
      if (isVisible(element) && !unseen(element) && !clipped) look(element, element.getBoundingClientRect(), label(element));
    }
    return faults;
  }

  /** No text is cut off by a box around it. `line-clamp` says that it is meant. */
  function clipped() {
    const faults = [];
    for (const { node, element, rects } of texts()) {
      for (const rect of rects) {
        const cutter = cuts(element, ink(rect, fontSize(element)));
        if (cutter) {
          faults.push(`${label(element, node.data)} is cut off by ${cutter.localName}.${cutter.classList[0] ?? ""}`);
          break;
        }
      }
    }
    return faults;
  }

  function cuts(element, rect) {
    const free = { x: false, y: false };
    for (const at of ancestors(element)) {
      if (at === document.body || at === document.documentElement) return null;
      const { overflowX, overflowY, webkitLineClamp, position } = style(at);
      if (webkitLineClamp !== "none") return null;
      if (/auto|scroll/.test(overflowX)) free.x = true;
      if (/auto|scroll/.test(overflowY)) free.y = true;
      const box = at.getBoundingClientRect();
      const cutsX = !free.x && /hidden|clip/.test(overflowX) && (rect.left < box.left - SLACK || rect.right > box.right + SLACK);
      const cutsY = !free.y && /hidden|clip/.test(overflowY) && (rect.top < box.top - SLACK || rect.bottom > box.bottom + SLACK);
      if (cutsX || cutsY) return at;
      if (position === "fixed") return null;
    }
    return null;
  }

  /** No line of a block lies on a line of another. */
  function overlap() {
    const lines = texts()
      .filter(({ element }) => !element.closest("rt, rp") && ![...ancestors(element)].some((at) => style(at).position === "fixed"))
      .flatMap(({ node, element, rects }) =>
        rects.map((rect) => ({ ...ink(rect, fontSize(element)), block: block(element), what: label(element, node.data) })),
      )
      .sort((a, b) => a.top - b.top);
    const faults = [];
    lines.forEach((a, i) => {
      for (let j = i + 1; j < lines.length && lines[j].top < a.bottom - 2; j += 1) {
        const b = lines[j];
        if (a.block !== b.block && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2) {
          faults.push(`${a.what} and ${b.what} lie on each other`);
        }
      }
    });
    return faults;
  }

  /** No text is smaller than 12 px; small marks beside larger text may be 9. */
  function small() {
    return texts().flatMap(({ node, element }) => {
      const least = element.closest("sup, sub, rt, math") ? 9 : 12;
      const size = fontSize(element);
      return size < least - 0.01 ? [`${label(element, node.data)} is only ${size.toFixed(1)} px`] : [];
    });
  }

  /** Lines of running text are not too long to find the next one: 75 letters, or 42 Han characters. */
  function measure() {
    const running = new Map();
    for (const { node, element, rects } of texts()) {
      const at = block(element);
      if (!at.matches("main :is(p, li, blockquote, dd)")) continue;
      const { lines, text } = running.get(at) ?? { lines: [], text: "" };
      for (const rect of rects) {
        const middle = (rect.top + rect.bottom) / 2;
        const last = lines.at(-1);
        if (last && Math.abs(middle - last.middle) < fontSize(at)) last.width += rect.width;
        else lines.push({ middle, width: rect.width });
      }
      running.set(at, { lines, text: text + node.data.replace(/\s+/g, " ") });
    }
    return [...running].flatMap(([element, { lines, text }]) => {
      if (lines.length < 3) return [];
      const han = (text.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/g) ?? []).length;
      const inHan = han > text.length / 2;
      // Latin letters are half as wide as Han. The last line is full in part.
      const length = inHan ? han + (text.length - han) / 2 : text.length;
      const full = Math.max(...lines.map(({ width }) => width));
      const count = length / (lines.length - 1 + lines.at(-1).width / full);
      return count > (inHan ? 42 : 75) ? [`${label(element)} has ${Math.round(count)} characters a line`] : [];
    });
  }

  /** Pictures take their room before they are there. */
  function sizes() {
    return [...document.querySelectorAll("img, video")].flatMap((element) =>
      element.hasAttribute("width") && element.hasAttribute("height")
        ? []
        : [`${element.localName} ${element.getAttribute("src") ?? ""} has no width and height`],
    );
  }

  const NEVER_FIRST = "，。、；：！？）》」』】〉〕”’％·…";
  const NEVER_LAST = "（《「『【〈〔“‘";

  /** No line begins with punctuation that closes, or ends with one that opens; a formula is a letter. */
  function kinsoku() {
    const blocks = new Map();
    const add = (element, box, character) => {
      const characters = blocks.get(block(element)) ?? [];
      characters.push({ box, character });
      blocks.set(block(element), characters);
    };
    const formulas = new Set();
    for (const { node, element } of texts()) {
      // What stands above a text is on no line of it.
      if (inSvg(element) || element.closest("rt, rp")) continue;
      const formula = element.closest("math");
      if (formula) {
        if (!formulas.has(formula)) add(formula.parentElement, () => formula.getBoundingClientRect(), "x");
        formulas.add(formula);
        continue;
      }
      [...node.data].reduce((offset, character) => {
        add(element, () => box(node, offset, character.length), character);
        return offset + character.length;
      }, 0);
    }
    const faults = [];
    for (const [element, characters] of blocks) {
      characters.slice(1).forEach((after, i) => {
        const before = characters[i];
        const wrong = NEVER_FIRST.includes(after.character) || NEVER_LAST.includes(before.character);
        if (!wrong || !before.character.trim() || !after.character.trim()) return;
        const [a, b] = [before.box(), after.box()];
        if (a.height > 0 && b.height > 0 && (b.top + b.bottom) / 2 > a.bottom) {
          faults.push(`${label(element)} breaks a line at “${before.character}|${after.character}”`);
        }
      });
    }
    return faults;
  }

  function box(node, offset, length) {
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + length);
    return range.getBoundingClientRect();
  }

  /** Is a line within all boxes that cut off or scroll what is in them? */
  function within(element, rect) {
    return [...ancestors(element)].every((at) => {
      if (at === document.body || at === document.documentElement || style(at).overflowX === "visible") return true;
      const box = at.getBoundingClientRect();
      const middle = (rect.top + rect.bottom) / 2;
      return rect.left >= box.left - SLACK && rect.right <= box.right + SLACK && middle > box.top && middle < box.bottom;
    });
  }

  /** What stays before the page while it is scrolled, with its place on the screen. */
  function staying() {
    return [...document.body.querySelectorAll("*")]
      .filter((element) => /fixed|sticky/.test(style(element).position) && isVisible(element))
      .map((element) => ({ element, rect: element.getBoundingClientRect() }));
  }

  /** What stays leaves room to read beside it. */
  function covering() {
    return staying().flatMap(({ element, rect }) => {
      const width = Math.min(rect.right, innerWidth) - Math.max(rect.left, 0);
      const height = Math.min(rect.bottom, innerHeight) - Math.max(rect.top, 0);
      const part = (Math.max(width, 0) * Math.max(height, 0)) / (innerWidth * innerHeight);
      const fixed = style(element).position === "fixed";
      return fixed && part > 1 / 3 ? [`${label(element)} covers ${Math.round(part * 100)} % of the screen`] : [];
    });
  }

  /** Lines to be looked at in a picture of the page: where they are, and in which colour they are written. */
  function lines() {
    const before = staying();
    const covered = (element, line) =>
      before.some(
        ({ element: other, rect }) =>
          !other.contains(element) &&
          Math.min(rect.right, line.right) > Math.max(rect.left, line.left) &&
          Math.min(rect.bottom, line.bottom) > Math.max(rect.top, line.top),
      );
    return texts().flatMap(({ node, element, rects }) => {
      const { color, fill, fontWeight } = style(element);
      const size = fontSize(element);
      const large = size >= 24 || (size >= 18.66 && fontWeight >= 700);
      const opacity = [...ancestors(element)].reduce((product, at) => product * style(at).opacity, 1);
      const off = [...ancestors(element)].some((at) => at.matches(":disabled, [aria-disabled=true]"));
      if (off) return [];
      const bare = rects.filter((rect) => !covered(element, rect) && within(element, rect));
      return bare.map((rect) => {
        const { left, right, top, bottom } = ink(rect, size, 0.5);
        const place = { x: left - 3 + scrollX, y: top + scrollY, width: right - left + 6, height: bottom - top };
        return { ...place, color: inSvg(element) ? fill : color, opacity, large, what: label(element, node.data) };
      });
    });
  }

  return { overflow, sticking, clipped, overlap, small, measure, sizes, kinsoku, covering, lines };
})();
