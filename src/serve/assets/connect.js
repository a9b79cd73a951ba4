// The connection to the preview: one WebSocket that comes back by itself.
//
// Owns when it is opened, when it is taken for dead, and when it is tried again. It does not know what
// is said over it.

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;
// A connection may be dead without anybody having said so, after a machine slept.
const PULSE = 20000;
const ANSWER_WITHIN = 3000;

/**
 * Keeps a connection. `hello()` gives what is said first on each new one; `hear(message)` is called
 * with each message, `state(connected)` when the connection comes and goes.
 */
export function connect({ hello, hear, state = () => {} }) {
  const address = new URL("/_bashu/live", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  let socket = null;
  let pause = FIRST_PAUSE;
  let retry = 0;
  let verdict = 0;

  function open() {
    clearTimeout(retry);
    const mine = new WebSocket(address);
    socket = mine;
    mine.onopen = () => {
      pause = FIRST_PAUSE;
      mine.send(JSON.stringify(hello()));
      state(true);
    };
    mine.onmessage = ({ data }) => {
      // What a connection says that was given up is older than what the new one says.
      if (socket !== mine) return;
      clearTimeout(verdict);
      verdict = 0;
      if (data !== "pong") hear(JSON.parse(data));
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      state(false);
      // Many tabs must not come all at once.
      retry = setTimeout(open, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 1.7, LONGEST_PAUSE);
    };
  }

  /** Gives a connection up that may never say that it is closed. */
  function drop() {
    const dead = socket;
    socket = null;
    clearTimeout(verdict);
    verdict = 0;
    dead?.close();
  }

  /** Asks for a sign of life; without one the connection is made anew. */
  function probe() {
    if (socket === null) {
      pause = FIRST_PAUSE;
      open();
    } else if (socket.readyState === WebSocket.OPEN && verdict === 0) {
      socket.send("ping");
      verdict = setTimeout(() => {
        drop();
        state(false);
        open();
      }, ANSWER_WITHIN);
    }
  }

  open();
  setInterval(() => socket && probe(), PULSE);
  for (const [target, event] of [
    [window, "online"],
    [window, "focus"],
    [window, "pageshow"],
  ]) {
    target.addEventListener(event, probe);
  }
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && probe());
  // A page with an open connection cannot be kept for the way back.
  window.addEventListener("pagehide", () => {
    clearTimeout(retry);
    drop();
  });
}
