// The form above a trial table: states, text, and stretches of parameters and values.

import { button, choice, field, freshId, h, replace } from "../base/dom.js";
import { objectiveNames } from "../base/format.js";
import { say, states } from "./trial-query.js";

export class TrialFilters {
    #chips = h("ul", { class: "chips", "aria-label": "Filters" });

    /**
     * @param params [{ name, distribution }]
     * @param changed called with the new question
     */
    constructor(study, params, asked, changed) {
        this.asked = asked;
        this.change = part => changed({ ...this.asked, offset: 0, ...part });
        this.element = h("div", { class: "filters" }, this.#states(), this.#search(), this.#stretch(study, params), this.#chips);
        this.show(asked);
    }

    /** What is asked now, whoever changed it. */
    show(asked) {
        this.asked = asked;
        this.element.querySelectorAll("input[type=checkbox]").forEach(box => box.checked = asked.state.includes(box.value));
        replace(this.#chips, asked.filters.map((filter, i) => h("li", null, say(filter),
            button("×", () => this.change({ filters: asked.filters.toSpliced(i, 1) }), { class: "bare", "aria-label": `Remove filter: ${say(filter)}` }))));
        this.#chips.hidden = asked.filters.length === 0;
    }

    #states() {
        const change = () => this.change({ state: [...this.element.querySelectorAll("input[type=checkbox]:checked")].map(box => box.value) });
        return h("fieldset", { class: "states" }, h("legend", null, "States"), states.map(state => {
            const id = freshId("state");
            return h("span", null, h("input", { type: "checkbox", id, value: state, onchange: change }), h("label", { for: id }, state));
        }));
    }

    #search() {
        const input = h("input", { type: "search", value: this.asked.search });
        let timer;
        // Not a question per letter.
        input.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(() => this.change({ search: input.value }), 300);
        });
        return field("Search", input);
    }

    #stretch(study, params) {
        const objectives = objectiveNames(study).map((name, i) => [i === 0 ? "value" : `value${i}`, name]);
        const name = choice([...objectives, ...params.map(param => [param.name, param.name])], "value", () => show());
        const [low, high] = [h("input", { type: "number", step: "any" }), h("input", { type: "number", step: "any" })];
        const inputs = h("span", { class: "row" });
        const distribution = () => params.find(param => param.name === name.value)?.distribution;
        let chosen = null;
        const show = () => {
            const choices = distribution()?.name === "CategoricalDistribution" ? distribution().attributes.choices : null;
            chosen = choices && choice(choices.map(one => typeof one === "string" ? one : JSON.stringify(one)));
            replace(inputs, choices ? field("is", chosen) : [field("from", low), field("to", high)]);
        };
        show();
        const add = () => {
            const ends = [low, high].map(input => input.value === "" ? null : Number(input.value));
            const filter = chosen ? { name: name.value, choice: chosen.value } : { name: name.value, low: ends[0], high: ends[1] };
            if (!chosen && ends.every(end => end === null))
                return;
            this.change({ filters: [...this.asked.filters.filter(other => other.name !== filter.name), filter] });
            low.value = high.value = "";
        };
        return h("fieldset", { class: "row" }, h("legend", null, "Range"), field("of", name), inputs, button("Add filter", add));
    }
}
