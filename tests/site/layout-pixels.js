// What layout.mjs asks of a picture of a page, in an empty tab: a classic script that leaves `pixels`
// behind. Says of which lines the colour does not stand out from what is really behind it.

globalThis.pixels = (() => {
  /** The picture's colours, and a colour's as CSS writes it. */
  async function open(png) {
    const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    return context;
  }

  const swatch = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function colour(css) {
    swatch.clearRect(0, 0, 1, 1);
    swatch.fillStyle = css;
    swatch.fillRect(0, 0, 1, 1);
    return swatch.getImageData(0, 0, 1, 1).data;
  }

  const linear = Float64Array.from({ length: 256 }, (_, value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = ([r, g, b]) => 0.2126 * linear[r] + 0.7152 * linear[g] + 0.0722 * linear[b];
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

  /**
   * Colours of a part of the picture, alike ones as one, the most frequent first. `solid` is how many
   * of a colour's pixels have only their like around them: never the smoothed edges of letters.
   */
  function colours({ data, width }) {
    const bins = new Map();
    const bin = (i) => ((data[i] >> 3) << 10) | ((data[i + 1] >> 3) << 5) | (data[i + 2] >> 3);
    const around = [-4, 4, -4 * width, 4 * width];
    let solids = 0;
    for (let i = 0; i < data.length; i += 4) {
      const here = bin(i);
      const rgb = [data[i], data[i + 1], data[i + 2]];
      if (!bins.has(here)) bins.set(here, { count: 0, solid: 0, rgb, light: luminance(rgb) });
      const colour = bins.get(here);
      colour.count += 1;
      if (around.every((step) => data[i + step] !== undefined && bin(i + step) === here)) {
        colour.solid += 1;
        solids += 1;
      }
    }
    const share = (colour) => colour.solid / Math.max(solids, 1);
    return [...bins.values()]
      .map((colour) => ({ ...colour, share: share(colour) }))
      .sort((a, b) => b.share - a.share || b.count - a.count);
  }

  /**
   * One line. `declared` is false where the browser draws in other colours than the page declares.
   */
  function fault(context, line, declared) {
    const [x, y] = [Math.floor(line.x), Math.floor(line.y)];
    const [width, height] = [Math.ceil(line.width), Math.ceil(line.height)];
    if (x < 0 || y < 0 || x + width > context.canvas.width || y + height > context.canvas.height) return null;
    const seen = colours(context.getImageData(x, y, width, height));
    const [ground] = seen;
    const most = Math.max(...seen.map(({ light }) => contrast(light, ground.light)));
    const need = line.large ? 3 : 4.5;
    if (!declared) return most < 3 ? `${line.what} is hardly to be seen: ${most.toFixed(1)}` : null;
    const [r, g, b, alpha] = colour(line.color);
    const opacity = (alpha / 255) * line.opacity;
    const mix = (top, i) => Math.round(top * opacity + ground.rgb[i] * (1 - opacity));
    const written = luminance([r, g, b].map(mix));
    const behind = seen.filter(({ share, light }, i) => i === 0 || (share >= 0.1 && contrast(light, written) >= 1.25));
    // Of heavy letters there may be more than of the ground.
    if (behind.length > 1 && contrast(ground.light, written) < 1.25) behind.shift();
    const least = Math.min(...behind.map(({ light }) => contrast(light, written)));
    if (least < need - 0.05) return `${line.what} has a contrast of ${least.toFixed(2)} to what is behind it`;
    // A thin letter, such as a full stop, reaches its colour only in part, and the eye counts contrast in
    // factors; what lies under something else shows nothing of it.
    if (most < least ** 0.3) return `${line.what} is not to be seen: ${most.toFixed(1)} instead of ${least.toFixed(1)}`;
    return null;
  }

  return {
    faults: async (png, lines, declared) => {
      const context = await open(png);
      return lines.map((line) => fault(context, line, declared)).filter((found) => found !== null);
    },
  };
})();
