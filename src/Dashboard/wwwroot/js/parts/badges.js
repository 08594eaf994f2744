// States and modes, told by word and by colour.

import { h } from "../base/dom.js";
import { count } from "../base/format.js";

export const stateBadge = state => h("span", { class: `badge state-${state}` }, state);

export const modeBadge = mode => h("span", { class: `badge mode-${mode}` }, mode);

const order = ["complete", "running", "pruned", "fail", "waiting"];

/** How many trials are in which state: a bar, and the same in words. */
export function countsBar(counts) {
    const total = order.reduce((sum, state) => sum + counts[state], 0);
    const words = order.filter(state => counts[state]).map(state => `${count(counts[state])} ${state}`).join(", ") || "no trials";
    return h("div", { class: "counts" },
        h("div", { class: "counts-bar", "aria-hidden": "true" }, total ? order.filter(state => counts[state]).map(state => {
            const part = h("span", { class: `fill-${state}` });
            part.style.flexGrow = counts[state];
            return part;
        }) : null),
        h("small", null, words));
}
