// Pictures and other files in a page whose bytes changed under the same name.
//
// Owns that a browser loads them again: their addresses get a query, which the preview does not look at.

const FILES = "img, source, video, audio";

let times = 0;

/** Loads files again, by the paths of their addresses; returns the elements that show them. */
export function loadAgain(files) {
  times++;
  const anew = (address) => {
    if (!URL.canParse(address, document.baseURI)) return address;
    const url = new URL(address, document.baseURI);
    if (url.origin !== location.origin || !files.includes(url.pathname)) return address;
    url.search = `?bashu=${times}`;
    return url.href;
  };
  const changed = [];
  for (const element of document.querySelectorAll(FILES)) {
    for (const name of ["src", "srcset", "poster"]) {
      const before = element.getAttribute(name) ?? "";
      // What stands beside the addresses in a srcset is none that changed.
      const after = before.replace(/[^\s,]+/g, anew);
      if (after === before) continue;
      element.setAttribute(name, after);
      element.parentElement.load?.();
      changed.push(element);
    }
  }
  return changed;
}
