// A part of a page with a heading; what is costly is opened when it is asked for.

import { freshId, h } from "../base/dom.js";

export function panel(title, ...content) {
    const id = freshId("panel");
    return h("section", { class: "card", "aria-labelledby": id }, h("h2", { id }, title), content);
}

/** Closed at first. @param opened called the first time it is opened */
export function drawer(title, opened, ...content) {
    const element = h("details", { class: "card" }, h("summary", null, h("h2", null, title)), content);
    element.addEventListener("toggle", () => {
        if (element.open)
            opened();
    }, { once: true });
    return element;
}
