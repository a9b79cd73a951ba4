// Which child of an element is which child of its next version.
//
// Owns what makes two nodes the same one: equal content, an id, likeness in its place. It only looks, and
// changes nothing.

// More comparisons in one gap than this are not worth their time: nodes are then taken in turn.
const CELLS = 10000;
const CLOSE_CELLS = 900;

/**
 * Pairs nodes of two lists. `partner` has for nodes of `after` theirs in `before`; all pairs stand in the
 * same order in both lists, except those whose node of `before` is in `moved`.
 */
export function align(before, after) {
  const partner = new Map();
  const moved = new Set();
  const keys = { before: before.map(key), after: after.map(key) };
  const ids = { before: idsOf(before), after: idsOf(after) };
  const pair = (i, j) => partner.set(after[j], before[i]);

  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...anchors(keys), [before.length, after.length]]) {
    gap(i, nextI, j, nextJ);
    if (nextI < before.length) pair(nextI, nextJ);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  strays();
  return { partner, moved };

  /** Pairs what stands between two anchors. */
  function gap(fromI, toI, fromJ, toJ) {
    const [height, width] = [toI - fromI, toJ - fromJ];
    if (height === 0 || width === 0) return;
    if (height * width > CELLS) {
      let i = fromI;
      for (let j = fromJ; j < toJ; j++) {
        const found = before.findIndex((node, at) => at >= i && at < toI && isAlike(node, after[j]));
        if (found >= 0) {
          pair(found, j);
          i = found + 1;
        }
      }
      return;
    }
    // The best sum of scores from each cell to the end, then the way that has it.
    const closely = height * width <= CLOSE_CELLS;
    const row = width + 1;
    const best = new Float32Array((height + 1) * row);
    const scores = new Float32Array((height + 1) * row);
    for (let y = height - 1; y >= 0; y--) {
      for (let x = width - 1; x >= 0; x--) {
        const cell = y * row + x;
        scores[cell] = score(fromI + y, fromJ + x, closely);
        const taken = scores[cell] > 0 ? scores[cell] + best[cell + row + 1] : 0;
        best[cell] = Math.max(best[cell + row], best[cell + 1], taken);
      }
    }
    for (let y = 0, x = 0; y < height && x < width; ) {
      const cell = y * row + x;
      if (best[cell] === best[cell + row]) y++;
      else if (best[cell] === best[cell + 1]) x++;
      else pair(fromI + y++, fromJ + x++);
    }
  }

  function score(i, j, closely) {
    const [old, next] = [before[i], after[j]];
    const weight = old.nodeType === Node.ELEMENT_NODE ? 1 : 0.3;
    if (keys.before[i] === keys.after[j]) return weight * 3;
    if (!isAlike(old, next)) return 0;
    return weight * (0.5 + (closely ? 2 * likeness(old, next) : 0));
  }

  function isAlike(old, next) {
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) return false;
    if (old.nodeType !== Node.ELEMENT_NODE) return true;
    // What a script did stays done; one that differs has to run.
    if (old.nodeName === "SCRIPT") return old.isEqualNode(next);
    // An id that changed with the words of a heading is no other element; one that stands elsewhere now is.
    if (old.id !== next.id && (ids.after.has(old.id) || ids.before.has(next.id))) return false;
    return (IDENTITY[old.nodeName] ?? []).every((name) => old.getAttribute(name) === next.getAttribute(name));
  }

  /** Pairs what is left by id or by content: it changed its place. */
  function strays() {
    const taken = new Set(partner.values());
    const left = before.filter((node) => !taken.has(node) && node.nodeType === Node.ELEMENT_NODE);
    for (const next of after) {
      if (partner.has(next) || next.nodeType !== Node.ELEMENT_NODE) continue;
      const at = left.findIndex((old) =>
        old.id || next.id ? old.id === next.id && isAlike(old, next) : old.isEqualNode(next),
      );
      if (at < 0) continue;
      const [old] = left.splice(at, 1);
      partner.set(next, old);
      moved.add(old);
    }
  }
}

/** Attributes without which an element is another one. */
const IDENTITY = {
  INPUT: ["type", "name"],
  LINK: ["rel", "hreflang"],
  META: ["name", "property", "charset", "http-equiv"],
};

const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : `${node.nodeType}${node.data}`);

const idsOf = (nodes) => new Set(nodes.map((node) => node.id).filter(Boolean));

/** Nodes whose content is in both lists once, as many of them as stand in the same order in both. */
function anchors(keys) {
  const places = once(keys.before);
  const common = [...once(keys.after)].filter(([key]) => places.has(key)).map(([key, j]) => [places.get(key), j]);
  // The longest run that increases: `tails[n]` ends the best one of length n + 1.
  const tails = [];
  for (const [i, j] of common) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tails[middle].i < i) low = middle + 1;
      else high = middle;
    }
    tails[low] = { i, j, previous: tails[low - 1] };
  }
  const run = [];
  for (let end = tails.at(-1); end; end = end.previous) run.unshift([end.i, end.j]);
  return run;
}

function once(keys) {
  const places = new Map();
  keys.forEach((key, at) => places.set(key, places.has(key) ? -1 : at));
  return new Map([...places].filter(([, at]) => at >= 0));
}

const pairsOf = new WeakMap();

/** Pairs of letters in the beginning of a node: they tell likeness in every script. */
function bigrams(node) {
  let found = pairsOf.get(node);
  if (!found) {
    const text = key(node).slice(0, 600);
    found = new Set();
    for (let i = 1; i < text.length; i++) found.add(text.slice(i - 1, i + 1));
    pairsOf.set(node, found);
  }
  return found;
}

/** From 0 to 1. */
function likeness(one, other) {
  const [a, b] = [bigrams(one), bigrams(other)];
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return (2 * shared) / (a.size + b.size || 1);
}
