// A figure the coordinator works out: fetched when it is opened and when it is asked for again, since it may cost a moment there.

import { button, h } from "../base/dom.js";
import { get, ofStudy, query } from "../base/api.js";
import { Plot } from "./plot.js";
import { plain } from "./plotly.js";

// What can be drawn without scripts made at run time; the rest of plotly.js needs WebGL.
const drawable = new Set(["scatter", "bar", "contour", "heatmap"]);

export class ServerFigure {
    #figure = null;
    #wrong = null;
    #busy = h("span", { class: "muted", role: "status" });
    #asked = null;

    /**
     * @param kind of figure
     * @param parameters () => what goes into the query
     * @param controls nodes above the figure
     */
    constructor({ study, kind, label, parameters = () => ({}), controls = [], height = 380, bundle = "basic" }) {
        this.study = study;
        this.kind = kind;
        this.parameters = parameters;
        this.plot = new Plot({ draw: () => this.#draw(label), height, bundle });
        this.element = h("div", null, h("div", { class: "row controls" }, controls, button("Draw again", () => this.load()), this.#busy), this.plot.element);
    }

    /** Asks for it now. */
    async load() {
        this.#asked?.abort();
        const asked = this.#asked = new AbortController();
        this.#busy.textContent = "Drawing…";
        try {
            this.#figure = await get(ofStudy(this.study, "figures", this.kind) + query(this.parameters()), asked.signal);
            this.#wrong = null;
        } catch (error) {
            if (error.name === "AbortError")
                return;
            this.#wrong = error.message;
        }

        this.#busy.textContent = "";
        this.plot.ask();
    }

    close() {
        this.#asked?.abort();
        this.plot.close();
    }

    #draw(label) {
        if (this.#wrong)
            return { empty: this.#wrong };
        if (this.#figure === null)
            return { empty: "Not drawn yet." };
        const { data, layout } = this.#figure;
        const foreign = data.find(trace => !drawable.has(trace.type ?? "scatter"));
        if (data.length === 0 || foreign)
            return { empty: foreign ? `This figure has a '${plain(foreign.type)}' part, which is not drawn here.` : "There is nothing to draw yet." };
        // The page's colours, not those of a figure that stands alone; its heading is the page's too.
        const { template, paper_bgcolor, plot_bgcolor, title, width, height, ...rest } = layout ?? {};
        return { data, layout: rest, label };
    }
}
