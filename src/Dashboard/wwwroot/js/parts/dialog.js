// Questions, in the browser's own dialog element: it keeps the focus, closes on Escape and gives the focus back.

import { h, button, freshId } from "../base/dom.js";

/**
 * Asks for something with a form.
 * @param content nodes of the form
 * @param submit called on submit; what it throws is shown in the dialog, which then stays open
 */
export function ask({ title, content, action, danger, submit }) {
    const id = freshId("dialog");
    const wrong = h("p", { class: "wrong", role: "alert" });
    const send = h("button", { type: "submit", class: danger ? "danger" : "primary" }, action);
    const form = h("form", { method: "dialog", novalidate: true },
        h("h2", { id }, title), content, wrong,
        h("div", { class: "row end" }, button("Cancel", () => dialog.close()), send));
    const dialog = h("dialog", { "aria-labelledby": id }, form);
    form.addEventListener("submit", async event => {
        event.preventDefault();
        wrong.textContent = "";
        send.disabled = true;
        try {
            await submit();
            dialog.close();
        } catch (error) {
            wrong.textContent = error.message;
        } finally {
            send.disabled = false;
        }
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/** Asks whether something that cannot be undone is meant. */
export function confirm({ title, text, action, submit }) {
    return ask({ title, content: h("p", null, text), action, danger: true, submit });
}
