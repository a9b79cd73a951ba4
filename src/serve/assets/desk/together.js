// Two pages that scroll together: the passage that stands at a height in one stands at the same
// height in the other. Blocks of text are paired in their order, by what they are and how long they
// are; between two pairs the way is divided evenly.

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, figure, table, pre, hr";
/** More comparisons than these are not worth their time: then blocks are paired by place alone. */
const MOST = 1_000_000;
/** After the page itself has moved, this many milliseconds nothing it does is taken for a reader's wish. */
const QUIET = 400;
/** Where one reads in a window, from its top. */
const READ = 0.4;

/** The part of a page that holds its text. */
export const text = (document) => document.querySelector("main") ?? document.body;

/** The blocks of a page that have a height, each with its place from the top of the page. */
function measured(view) {
  const found = [];
  for (const element of text(view.document).querySelectorAll(BLOCKS)) {
    if (element.closest("nav") || element.parentElement.closest("figure, table, pre")) continue;
    const box = element.getBoundingClientRect();
    if (box.height === 0) continue;
    const length = element.textContent.trim().length;
    found.push({ kind: element.localName, length, top: box.top + view.scrollY, bottom: box.bottom + view.scrollY });
  }
  const all = found.reduce((sum, block) => sum + block.length, 0) || 1;
  for (const block of found) block.share = block.length / all;
  return found;
}

/** How well two blocks answer one another; nothing if they cannot. */
function likeness(a, b) {
  if (a.kind !== b.kind) return -Infinity;
  const far = Math.abs(Math.log((a.share + 0.002) / (b.share + 0.002)));
  return (a.kind.startsWith("h") ? 3 : 2) - Math.min(far, 1.5);
}

/** Pairs of blocks in their order: those that are most alike in all. */
function paired(left, right) {
  const [n, m] = [left.length, right.length];
  if (n * m > MOST) return Array.from({ length: Math.min(n, m) }, (_, at) => [at, at]);
  const width = m + 1;
  const best = new Float64Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      const both = likeness(left[i], right[j]) + best[(i + 1) * width + j + 1];
      best[i * width + j] = Math.max(both, best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < n && j < m; ) {
    const here = best[i * width + j];
    if (here === best[(i + 1) * width + j]) i++;
    else if (here === best[i * width + j + 1]) j++;
    else pairs.push([i++, j++]);
  }
  return pairs;
}

/** Heights that answer one another, ascending on both sides. */
function stations(left, right, ends) {
  const all = [[0, 0]];
  const add = (a, b) => {
    const [x, y] = all.at(-1);
    if (a > x && b > y && a < ends[0] && b < ends[1]) all.push([a, b]);
  };
  for (const [i, j] of paired(left, right)) {
    add(left[i].top, right[j].top);
    add(left[i].bottom, right[j].bottom);
  }
  add(ends[0] - 0.5, ends[1] - 0.5);
  return all;
}

/** The height on the other side; `from` is 0 for the left side and 1 for the right one. */
function across(stations, from, y) {
  let low = 0;
  let high = stations.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (stations[middle][from] <= y) low = middle;
    else high = middle;
  }
  const [a, b] = [stations[low], stations[Math.max(high, low)]];
  const way = b[from] - a[from];
  const part = way > 0 ? (y - a[from]) / way : 0;
  return a[1 - from] + part * (b[1 - from] - a[1 - from]);
}

/** How far below the top of the window the two pages are level, as a part of its height: where one
 * reads, but at the top and at the bottom of a page, so that both begin and end together. */
function level(scroll, height, way) {
  const ease = Math.min(height, way / 2);
  if (scroll < ease) return (READ * Math.max(scroll, 0)) / ease;
  return READ + (1 - READ) * Math.min(Math.max(1 - (way - scroll) / ease, 0), 1);
}

/** Keeps two frames together. */
export class Together {
  #sides = [];
  #stations = null;
  #leader = 0;
  #frame = 0;
  #undo = new AbortController();
  #observers = [];

  /** Begins with these frames, whose pages are there; forgets those before. */
  watch(frames) {
    this.stop();
    this.#undo = new AbortController();
    const { signal } = this.#undo;
    this.#sides = frames.map((frame) => ({ view: frame.contentWindow, expected: null, moved: 0 }));
    frames.forEach((frame, at) => {
      const { view } = this.#sides[at];
      const { document } = view;
      const options = { signal, passive: true, capture: true };
      frame.addEventListener("pointerenter", () => this.lead(at), { signal });
      for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"]) {
        view.addEventListener(sign, () => this.lead(at), options);
      }
      document.addEventListener("scroll", ({ target }) => target === document && this.#scrolled(at), options);
      // A picture that comes late, letters that come late, other words, another width.
      const moves = () => this.#moves(at);
      document.addEventListener("load", moves, options);
      document.addEventListener("toggle", moves, options);
      document.fonts.ready.then(() => signal.aborted || moves());
      const sizes = new view.ResizeObserver(moves);
      sizes.observe(document.documentElement);
      sizes.observe(document.body);
      const changes = new view.MutationObserver(moves);
      changes.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
      this.#observers.push(sizes, changes);
    });
    this.#moves(this.#leader);
  }

  /** Lets the two go their own ways. */
  stop() {
    this.#undo.abort();
    this.#observers.splice(0).forEach((observer) => observer.disconnect());
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#sides = [];
    this.#stations = null;
  }

  /** The one that the other follows from now on. */
  lead(at) {
    this.#leader = at;
  }

  #moves(at) {
    if (this.#sides[at]) this.#sides[at].moved = performance.now();
    this.#stations = null;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#follow();
    });
  }

  #scrolled(at) {
    const side = this.#sides[at];
    if (side.expected !== null && Math.abs(side.view.scrollY - side.expected) < 2) return;
    if (at !== this.#leader) {
      // The browser holds on to what is shown while the page grows above it; that is no wish.
      if (performance.now() - side.moved < QUIET) return;
      this.lead(at);
    }
    side.expected = null;
    this.#follow();
  }

  /** Brings the other side to where it belongs. */
  #follow() {
    const [from, to] = [this.#leader, 1 - this.#leader];
    const [leader, follower] = [this.#sides[from], this.#sides[to]];
    if (!leader || !follower) return;
    const height = ({ view }) => view.document.documentElement.scrollHeight;
    if (!this.#stations) {
      const [left, right] = this.#sides;
      this.#stations = stations(measured(left.view), measured(right.view), [height(left), height(right)]);
    }
    const { scrollY, innerHeight } = leader.view;
    const part = level(scrollY, innerHeight, Math.max(height(leader) - innerHeight, 1));
    const top = across(this.#stations, from, scrollY + part * innerHeight) - part * follower.view.innerHeight;
    const most = Math.max(height(follower) - follower.view.innerHeight, 0);
    const wanted = Math.round(Math.min(Math.max(top, 0), most));
    if (Math.abs(follower.view.scrollY - wanted) >= 1) follower.view.scrollTo({ top: wanted, behavior: "instant" });
    follower.expected = follower.view.scrollY;
  }
}
