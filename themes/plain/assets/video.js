// Puts a video in the place of the link that leads to it. Without this module the link leads to the
// file; before a click nothing of the video is loaded. Listens once for the whole page, so that
// links that come later, as in the preview, are heard as well.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a.video-open');
  const template = link?.parentElement.querySelector('template');
  // Who asks for another tab or window gets it.
  if (!template || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const player = document.importNode(template.content, true).querySelector('video');
  link.replaceWith(player);
  player.focus();
});
