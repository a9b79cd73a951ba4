// What one reads stays where it is on the screen, whatever changes above it.
//
// Owns where the page is scrolled to when it changes.

/** Elements to hold on to; the next one is taken if one goes with the change. */
const HOLDS = 8;

/** Notes what is seen at the top of the screen; returns a function that brings it back there. */
export function hold() {
  // Who is at the very top wants to see what comes there.
  if (window.scrollY <= 0 || !document.body) return () => {};
  const held = [];
  look(document.body, held);
  return () => {
    const first = held.find(({ element }) => element.isConnected && element.getClientRects().length > 0);
    if (!first) return;
    const moved = first.element.getBoundingClientRect().top - first.top;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  };
}

/** Takes blocks from the top of the screen on; of those that reach above it, the smallest first. */
function look(parent, held) {
  for (const element of parent.children) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom <= 0 || bottom === top) continue;
    if (top >= window.innerHeight || held.length >= HOLDS) return;
    const { position, display } = getComputedStyle(element);
    if (position === "fixed" || position === "sticky" || display.startsWith("inline")) continue;
    if (top < 0) look(element, held);
    held.push({ element, top });
  }
}
