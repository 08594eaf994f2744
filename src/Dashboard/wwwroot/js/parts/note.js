// A note in Markdown: shown, and for those who may, written.

import { button, field, h, replace } from "../base/dom.js";
import { get, put } from "../base/api.js";
import { may } from "../base/session.js";
import { markdown } from "./markdown.js";
import { attempt } from "./toast.js";

export class Note {
    #shown = h("div", { class: "note" });
    #text = "";

    /** @param path where the note is got from and put */
    constructor(path) {
        this.path = path;
        this.element = h("div", null, this.#shown);
    }

    async load() {
        this.#text = (await get(this.path)).note;
        this.#show();
    }

    #show() {
        replace(this.element, this.#shown, may("write") ? button(this.#text ? "Edit note" : "Write a note", () => this.#edit()) : null);
        replace(this.#shown, this.#text.trim() ? rendered(this.#text) : h("p", { class: "muted" }, "No note."));
    }

    #edit() {
        const input = h("textarea", { rows: 12, value: this.#text });
        const preview = h("div", { class: "note" });
        const draw = () => replace(preview, rendered(input.value));
        input.addEventListener("input", draw);
        draw();
        const save = async () => {
            const text = input.value;
            if (await attempt(async () => (await put(this.path, { note: text }), true), "Note saved.")) {
                this.#text = text;
                this.#show();
            }
        };
        replace(this.element, field("Note (Markdown)", input), h("h3", null, "Preview"), preview,
            h("div", { class: "row" }, button("Save", save, { class: "primary" }), button("Cancel", () => this.#show())));
        input.focus();
    }
}

function rendered(text) {
    try {
        return markdown(text);
    } catch {
        // Quotes in quotes in quotes, thousands deep: more than the browser's stack holds, and nothing anybody reads.
        return h("pre", null, text);
    }
}
