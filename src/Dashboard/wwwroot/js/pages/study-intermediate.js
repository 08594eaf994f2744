// Learning curves.

import { check, choice, field, h } from "../base/dom.js";
import { get, ofStudy } from "../base/api.js";
import { Reports } from "../charts/intermediate.js";
import { Plot } from "../charts/plot.js";
import { panel } from "../parts/panel.js";
import { attempt } from "../parts/toast.js";

export function open(feed) {
    return new Intermediate(feed);
}

class Intermediate {
    #end = new AbortController();
    #options = { log: false };
    #reports = new Reports(50);

    constructor(feed) {
        this.feed = feed;
        this.plot = new Plot({ draw: () => this.#reports.draw(feed.study, this.#options), height: 460 });
        const most = choice(["10", "50", "100", "300"], "50", value => this.#load(Number(value)));
        const log = check("Logarithmic", false, value => {
            this.#options.log = value;
            this.plot.reset();
        });
        this.element = panel("Intermediate values", h("div", { class: "row controls" }, field("Newest trials", most), log), this.plot.element);
        feed.on("trials", event => this.#take(event.detail), this.#end.signal);
        this.#load(50);
    }

    close() {
        this.#end.abort();
        this.plot.close();
    }

    async #load(most) {
        this.#reports = new Reports(most);
        const figure = await attempt(() => get(ofStudy(this.feed.name, "figures", "intermediate_values")));
        if (figure)
            this.#reports.take(figure);
        this.plot.ask();
    }

    #take(trials) {
        for (const trial of trials)
            this.#reports.put(trial.number, trial.intermediate_values ?? [], trial.feasible);
        this.plot.ask();
    }
}
