// Offers the reader's own language on the page that leads to every language. It never
// redirects, and without it nothing is missing. A choice, once made, is remembered; so is "no".
const bar = document.querySelector('.offer');
const offers = bar ? [...bar.querySelectorAll('[data-offer]')] : [];
const key = `language of ${location.pathname}`;

// Storage may be forbidden; then nothing is remembered, and nothing breaks.
const remembered = () => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (tag) => { try { localStorage.setItem(key, tag); } catch { /* forbidden */ } };

// `zh-TW` reads `zh-Hant` before `zh-Hans`: compare language and script, then the language alone.
const parts = (tag) => {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return { language, script };
  } catch { return {}; }
};
const find = (tag) => {
  const { language, script } = parts(tag);
  const near = offers.filter((o) => language && parts(o.dataset.offer).language === language);
  return near.find((o) => parts(o.dataset.offer).script === script) ?? near[0];
};

const choice = remembered();
const wanted = choice === null ? navigator.languages ?? [] : [choice];
// A reader whose first language is the page's own is at home already.
const own = parts(document.documentElement.lang).language;
const first = wanted.find((tag) => find(tag) || (bar?.dataset.own !== undefined && parts(tag).language === own));
const offer = first === undefined ? undefined : find(first);
if (offer) {
  offer.hidden = bar.hidden = false;
  offer.querySelector('button').addEventListener('click', () => {
    remember('');
    bar.hidden = true;
  });
}
for (const link of document.querySelectorAll('a[hreflang]')) {
  link.addEventListener('click', () => remember(link.hreflang));
}
