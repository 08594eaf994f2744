// User attributes: a table, and for those who may, a form that sets one.

import { button, field, h, replace } from "../base/dom.js";
import { put } from "../base/api.js";
import { may } from "../base/session.js";
import { text } from "../base/format.js";
import { ask } from "./dialog.js";

/** @param address (key) => where a value is put, or null when nothing may be set */
export class Attributes {
    #body = h("tbody");

    constructor(address, caption) {
        this.address = address;
        this.element = h("div", null,
            h("table", null, h("caption", { class: "sr" }, caption),
                h("thead", null, h("tr", null, h("th", { scope: "col" }, "Key"), h("th", { scope: "col" }, "Value"), h("td"))), this.#body),
            address && may("write") ? button("Set an attribute", () => this.#set("", "")) : null);
    }

    show(attributes) {
        const entries = Object.entries(attributes);
        replace(this.#body, entries.length === 0 ? h("tr", null, h("td", { colspan: 3, class: "muted" }, "None.")) : entries.map(([key, value]) => h("tr", null,
            h("th", { scope: "row" }, key), h("td", { class: "wrap" }, text(value)),
            h("td", null, this.address && may("write") ? button("Edit", () => this.#set(key, value), { class: "bare", "aria-label": `Edit ${key}` }) : null))));
    }

    #set(key, value) {
        const name = h("input", { value: key, required: true, maxlength: 2048, readonly: key !== "" });
        const input = h("textarea", { rows: 4, value: key === "" ? "" : JSON.stringify(value) });
        ask({
            title: "User attribute", action: "Set", content: [field("Key", name), field("Value", input, "JSON, such as 0.5, [1, 2] or \"text\"; what is no JSON is kept as text.")],
            submit: () => {
                if (!name.value)
                    throw new Error("An attribute needs a key.");
                return put(this.address(name.value), { value: parsed(input.value) });
            },
        });
    }
}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}
