// Notes in the page that is measured when it shows which edit.
//
// An edit counts as shown when a frame with it is on the screen: the first callback of
// requestAnimationFrame runs before that frame is painted, the second when it has been. What is
// noted is the time since the epoch, which the benchmark's own clock can be compared with.

const seen = () => {
    const marks = document.body.textContent.matchAll(/bench(\d+)x/g);
    const style = getComputedStyle(document.documentElement).getPropertyValue("--bench");
    return Math.max(-1, Number(style || -1), ...Array.from(marks, (mark) => Number(mark[1])));
};

const bench = { shown: [], newest: seen(), waiting: [], back: null };
window.bench = bench;

const look = () => {
    const mark = seen();
    if (mark < bench.newest) bench.back = mark;
    if (mark <= bench.newest) return;
    bench.newest = mark;
    requestAnimationFrame(() => requestAnimationFrame(() => {
        bench.shown.push([mark, performance.timeOrigin + performance.now()]);
        bench.waiting.forEach((tell) => tell());
    }));
};

new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

// A style sheet that is loaded changes nothing that an observer sees.
document.addEventListener("load", look, true);

bench.shows = (mark) => new Promise((done) => {
    const timer = setTimeout(() => done(false), 10000);
    const tell = () => {
        if (!bench.shown.some(([shown]) => shown >= mark)) return;
        clearTimeout(timer);
        bench.waiting = bench.waiting.filter((other) => other !== tell);
        done(true);
    };
    bench.waiting.push(tell);
    tell();
});
