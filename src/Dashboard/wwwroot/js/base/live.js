// A stream of server-sent events that is taken up again where it broke off.
// Browsers would do so by themselves, but give up when the answer is an error (a coordinator that is just starting), and do not say what they are doing.

const longest = 10_000;

/** Told "live", "connecting" or "lost" of every stream. */
export const links = new EventTarget();

const states = new Map();

/** The worst state of all streams; null when there is none. */
export function linkState() {
    const all = [...states.values()];
    return all.length === 0 ? null : all.find(state => state === "lost") ?? all.find(state => state === "connecting") ?? "live";
}

/**
 * @param address of the next connection, worked out anew each time: it says what was received last
 * @param handlers by event's name, called with the data and the event's id
 * @returns a function that ends it
 */
export function follow(address, handlers) {
    const me = Symbol("stream");
    let source, timer, pause = 500, closed = false;
    const set = state => {
        if (closed)
            return;
        states.set(me, state);
        links.dispatchEvent(new Event("change"));
    };

    function open() {
        source = new EventSource(address());
        source.onopen = () => {
            pause = 500;
            set("live");
        };
        source.onerror = () => {
            source.close();
            set("lost");
            // Not all of a room's browsers at the same moment.
            timer = setTimeout(open, pause * (0.75 + Math.random() / 2));
            pause = Math.min(longest, 2 * pause);
        };
        for (const [name, handle] of Object.entries(handlers))
            source.addEventListener(name, event => handle(JSON.parse(event.data), event.lastEventId));
    }

    set("connecting");
    open();
    // Somebody who looks again, or has a network again, is not left waiting.
    const hurry = () => {
        if (states.get(me) !== "lost" || document.hidden)
            return;
        clearTimeout(timer);
        source.close();
        open();
    };
    document.addEventListener("visibilitychange", hurry);
    addEventListener("online", hurry);
    return () => {
        closed = true;
        clearTimeout(timer);
        source.close();
        states.delete(me);
        document.removeEventListener("visibilitychange", hurry);
        removeEventListener("online", hurry);
        links.dispatchEvent(new Event("change"));
    };
}
