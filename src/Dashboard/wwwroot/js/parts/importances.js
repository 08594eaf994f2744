// Hyperparameter importances as bars that are text too: a table of names, numbers and lengths.

import { choice, field, h, replace, button } from "../base/dom.js";
import { get, ofStudy, query } from "../base/api.js";
import { objectiveNames, short } from "../base/format.js";

const evaluators = [["ped_anova", "PED-ANOVA"], ["fanova", "fANOVA"], ["mean_decrease_impurity", "Mean decrease of impurity"]];

export class Importances {
    #body = h("div", { "aria-live": "polite" });
    #evaluator = choice(evaluators, "ped_anova", () => this.load());
    #target;
    #asked = null;

    constructor(study) {
        this.study = study;
        this.#target = choice(objectiveNames(study).map((name, i) => [i, name]), 0, () => this.load());
        this.element = h("div", null,
            h("div", { class: "row controls" }, field("Evaluator", this.#evaluator), study.directions.length > 1 ? field("Objective", this.#target) : null,
                button("Work out again", () => this.load())),
            this.#body);
    }

    async load() {
        this.#asked?.abort();
        const asked = this.#asked = new AbortController();
        try {
            const { importances } = await get(
                ofStudy(this.study.name, "importances") + query({ evaluator: this.#evaluator.value, target: this.study.directions.length > 1 ? this.#target.value : null }), asked.signal);
            replace(this.#body, importances.length ? this.#bars(importances) : h("p", { class: "empty" }, "No parameter was drawn in every complete trial."));
        } catch (error) {
            if (error.name !== "AbortError")
                replace(this.#body, h("p", { class: "empty" }, error.message));
        }
    }

    close() {
        this.#asked?.abort();
    }

    #bars(importances) {
        const longest = Math.max(...importances.map(one => one.importance), 1e-12);
        const bar = one => {
            const length = h("div", { class: "bar" });
            length.style.width = `${100 * one.importance / longest}%`;
            return h("tr", null, h("th", { scope: "row" }, one.param), h("td", { class: "number" }, short(one.importance)), h("td", { class: "bars" }, length));
        };
        return h("table", { class: "importances" },
            h("thead", null, h("tr", null, h("th", { scope: "col" }, "Parameter"), h("th", { scope: "col", class: "number" }, "Importance"), h("td"))),
            h("tbody", null, importances.map(bar)));
    }
}
