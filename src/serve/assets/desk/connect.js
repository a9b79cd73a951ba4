// The connection of the desk's own pages: says when the site has changed. It comes back by itself,
// and what was missed meanwhile is told when it does.

const LONGEST = 5000;

/** Calls `changed` whenever there is something new, and `lost` with whether the preview is away. */
export function connect(changed, lost) {
  let wait = 250;
  let socket;
  let timer;
  const open = () => {
    clearTimeout(timer);
    if (socket && socket.readyState <= WebSocket.OPEN) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}/_bashu/live`);
    socket.onopen = () => {
      wait = 250;
      lost(false);
      socket.send(JSON.stringify({ at: location.pathname }));
    };
    socket.onmessage = ({ data }) => {
      if (JSON.parse(data).type === "changed") changed();
    };
    socket.onclose = () => {
      lost(true);
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST);
    };
  };
  for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, open);
  document.addEventListener("visibilitychange", () => document.hidden || open());
  open();
}
