// Work that many events ask for, done as often as the page can bear.

/**
 * A function that asks for `work`: it is begun soon, however often it is asked for meanwhile, and once more if it was asked for while it ran.
 * The rest in between is at least `rest` milliseconds and four times what the work took, so that it never has more than a fifth of the page's time.
 */
export function throttle(work, rest) {
    let timer = 0, free = 0, working = false, again = false, closed = false;
    function ask() {
        again = working;
        if (working || timer || closed)
            return;
        timer = setTimeout(run, Math.max(0, free - performance.now()));
    }

    async function run() {
        const begun = performance.now();
        timer = 0;
        working = true;
        again = false;
        try {
            await work();
        } finally {
            working = false;
            free = performance.now() + Math.max(rest, 4 * (performance.now() - begun));
            if (again)
                ask();
        }
    }

    ask.close = () => {
        closed = true;
        clearTimeout(timer);
    };
    return ask;
}
