// Short messages, read out by screen readers where they appear.

import { h, button } from "../base/dom.js";

/** Something that happened; goes away by itself. */
export function tell(text) {
    show("news", text, "", 6000);
}

/** Something that went wrong; stays until it is closed. */
export function complain(error) {
    show("alarms", error instanceof Error ? error.message : error, "bad", 0);
}

/** Does what a button asks for; what goes wrong is said and nothing else happens. */
export async function attempt(work, done) {
    try {
        const result = await work();
        if (done)
            tell(done);
        return result;
    } catch (error) {
        // A login is asked for elsewhere.
        if (error.status !== 401)
            complain(error);
        return undefined;
    }
}

function show(where, text, kind, milliseconds) {
    const area = document.getElementById(where);
    const message = h("p", { class: `toast ${kind}` }, h("span", null, text), button("×", () => message.remove(), { "aria-label": "Close message", class: "bare" }));
    // The same complaint twice is one complaint.
    for (const other of area.children) {
        if (other.firstChild.textContent === text)
            other.remove();
    }

    area.append(message);
    if (milliseconds)
        setTimeout(() => message.remove(), milliseconds);
}
