// Marks in the contents the part of the text that is being read.
let watch;
const start = () => {
  watch?.disconnect();
  const links = new Map();
  for (const link of document.querySelectorAll('.contents a')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  // What is read is the last heading above a line in the upper part of the window.
  const mark = () => {
    const line = innerHeight * 0.3;
    const here = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
    for (const [heading, link] of links) {
      if (heading === here) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  // Without end upwards: a jump past a heading is noticed as well.
  watch = new IntersectionObserver(mark, { rootMargin: '100000px 0px -70%' });
  for (const heading of headings) watch.observe(heading);
};
start();
document.addEventListener('bashu:changed', start);
