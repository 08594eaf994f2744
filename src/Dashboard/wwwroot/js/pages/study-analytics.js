// How parameters and results hang together.

import { choice, field, freshId, h, replace } from "../base/dom.js";
import { get, ofStudy } from "../base/api.js";
import { objectiveNames } from "../base/format.js";
import { Parallel } from "../charts/parallel.js";
import { Plot } from "../charts/plot.js";
import { ServerFigure } from "../charts/server-figure.js";
import { slice } from "../charts/slice.js";
import { drawer, panel } from "../parts/panel.js";
import { attempt } from "../parts/toast.js";
import { TrialBrowser } from "../parts/trial-browser.js";

// Nobody looks at more at a time, and a page of fifty charts would be slow for nothing.
const firstShown = 8;

export function open(feed, search) {
    return new Analytics(feed, search);
}

class Analytics {
    #end = new AbortController();
    #parts = [];
    #slices = h("div", { class: "slices" });
    #slicePlots = [];
    #target = 0;

    constructor(feed, search) {
        this.feed = feed;
        this.element = h("div", null, h("p", { class: "muted" }, "Loading…"));
        attempt(async () => {
            const { params } = await get(ofStudy(feed.name, "search-space"));
            await feed.columns.load(params.slice(0, firstShown).map(param => param.name));
            if (!this.#end.signal.aborted)
                this.#show(params, search);
        });
    }

    close() {
        this.#end.abort();
        [...this.#parts, ...this.#slicePlots].forEach(part => part.close());
    }

    #show(params, search) {
        if (params.length === 0)
            return replace(this.element, h("p", { class: "empty" }, "No trial has parameters yet."));
        const { feed } = this;
        this.params = params;
        this.shown = params.slice(0, firstShown);
        const names = objectiveNames(feed.study);
        const target = choice(names.map((name, i) => [i, name]), 0, value => {
            this.#target = Number(value);
            this.#drawSlices();
            this.figures.forEach(figure => figure.load());
        });
        const browser = this.#keep(new TrialBrowser(feed, params, "analytics", search, { limit: 10, asked: () => this.parallel.ask() }));
        this.parallel = this.#keep(new Parallel(() => ({
            columns: feed.columns, params: this.shown, filters: browser.asked.filters, minimize: feed.study.directions[0] === "minimize",
            objectives: names.map((label, i) => ({ name: i === 0 ? "value" : `value${i}`, label, column: feed.columns.values[i] })),
        }), (name, filter) => browser.ask({
            ...browser.asked, offset: 0, filters: [...browser.asked.filters.filter(other => other.name !== name), ...(filter ? [filter] : [])],
        })));
        this.figures = [];
        replace(this.element,
            h("div", { class: "row controls" }, names.length > 1 ? field("Objective", target) : null, this.#choose()),
            panel("Parallel coordinates", this.parallel.element, h("h3", null, "Trials within the filters"), browser.element),
            panel("Slice", this.#slices), this.#contour(), this.#onDemand("rank", "Rank", "Rank of each trial over pairs of parameters.", 480, true), this.#onDemand("edf", "EDF", "Empirical distribution function of the objective.", 380, false));
        this.#drawSlices();
        feed.on("trials", () => [this.parallel, ...this.#slicePlots].forEach(part => part.ask()), this.#end.signal);
        return undefined;
    }

    #keep(part) {
        this.#parts.push(part);
        return part;
    }

    /** Which parameters the charts show. */
    #choose() {
        const boxes = this.params.map(param => {
            const box = h("input", { type: "checkbox", id: freshId("param") });
            box.checked = this.shown.includes(param);
            box.addEventListener("change", () => attempt(async () => {
                this.shown = this.params.filter((_, i) => boxes[i][0].checked);
                await this.feed.columns.load(this.shown.map(one => one.name));
                this.parallel.ask();
                this.#drawSlices();
            }));
            return [box, h("label", { for: box.id }, param.name)];
        });
        return h("details", { class: "choose" }, h("summary", null, "Parameters"), boxes.map(pair => h("span", { class: "check" }, pair)));
    }

    #drawSlices() {
        this.#slicePlots.forEach(plot => plot.close());
        this.#slicePlots = this.shown.map(param => new Plot({ height: 260, detail: true, draw: range => slice(this.feed.study, this.feed.columns, param, this.#target, this.shown.length, range) }));
        replace(this.#slices, this.#slicePlots.map(plot => plot.element));
        this.#slicePlots.forEach(plot => plot.ask());
    }

    #contour() {
        const names = this.params.map(param => param.name);
        const load = () => figure.load();
        const [across, up] = [choice(names, names[0], load), choice(names, names[1] ?? names[0], load)];
        const figure = this.#keep(new ServerFigure({
            study: this.feed.name, kind: "contour", label: "Contour of the objective over two parameters.", height: 460, bundle: "full",
            parameters: () => ({ param: [across.value, up.value], target: this.#target }), controls: [field("Along", across), field("Up", up)],
        }));
        return names.length < 2 ? null : drawer("Contour", () => this.#open(figure), figure.element);
    }

    #onDemand(kind, title, label, height, ofParams) {
        const figure = this.#keep(new ServerFigure({
            study: this.feed.name, kind, label, height,
            parameters: () => ({ target: this.#target, param: ofParams ? this.shown.slice(0, 4).map(param => param.name) : null }),
        }));
        return drawer(title, () => this.#open(figure), figure.element);
    }

    /** From now on it follows the objective that is chosen. */
    #open(figure) {
        this.figures.push(figure);
        return figure.load();
    }
}
