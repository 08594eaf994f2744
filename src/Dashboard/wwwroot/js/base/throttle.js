// Work that many events ask for, done as often as the page can bear.

/**
 * A function that runs `work` soon after it is called, however often it is called meanwhile.
 * The rest afterwards is at least `rest` milliseconds and four times what the work took, so that it never has more than a fifth of the page's time.
 */
export function throttle(work, rest) {
    let timer = 0, free = 0, closed = false;
    function ask() {
        if (timer || closed)
            return;
        timer = setTimeout(async () => {
            const begun = performance.now();
            try {
                await work();
            } finally {
                const spent = performance.now() - begun;
                free = performance.now() + Math.max(rest, 4 * spent);
                timer = 0;
            }
        }, Math.max(0, free - performance.now()));
    }

    ask.close = () => {
        closed = true;
        clearTimeout(timer);
    };
    return ask;
}
