// What the study has reached so far.

import { check, choice, field, h, replace } from "../base/dom.js";
import { get, ofStudy } from "../base/api.js";
import { href } from "../base/router.js";
import { count, objectiveNames, params, values } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { history } from "../charts/history.js";
import { pareto } from "../charts/pareto.js";
import { Plot } from "../charts/plot.js";
import { ServerFigure } from "../charts/server-figure.js";
import { Attributes } from "../parts/attributes.js";
import { Importances } from "../parts/importances.js";
import { Note } from "../parts/note.js";
import { drawer, panel } from "../parts/panel.js";
import { complain } from "../parts/toast.js";

const shownBest = 20;

export function open(feed) {
    return new History(feed);
}

class History {
    #end = new AbortController();
    #best = [];
    #bestList = h("div");
    #parts = [];

    constructor(feed) {
        this.feed = feed;
        const { study } = feed, several = study.directions.length > 1;
        this.options = { objective: 0, x: "number", log: false, infeasible: true };
        this.axes = [0, 1];
        const front = several ? this.#keep(new Plot({ detail: true, draw: range => pareto(feed.study, feed.columns, this.#best, this.axes, range) })) : null;
        const plot = this.#keep(new Plot({ detail: true, draw: range => history(feed.study, feed.columns, this.options, range) }));
        const importances = this.#keep(new Importances(study));
        const attributes = new Attributes(key => ofStudy(feed.name, "user-attrs", key), "User attributes");
        const note = new Note(ofStudy(feed.name, "note"));
        const course = panel("Optimization history", this.#controls(plot), plot.element);
        this.element = h("div", null,
            front ? panel("Pareto front", this.#axesControls(front), front.element) : course,
            h("div", { class: "halves" },
                h("div", null, front ? course : null, panel("Hyperparameter importance", importances.element), panel("User attributes", attributes.element)),
                h("div", null, panel(several ? "Best trials" : "Best trial", this.#bestList), panel("Note", note.element))),
            several ? this.#hypervolume() : this.#terminator());

        const draw = () => [front, plot].forEach(one => one?.ask());
        feed.on("trials", draw, this.#end.signal);
        attributes.show(study.user_attrs);
        feed.on("study", () => attributes.show(feed.study.user_attrs), this.#end.signal);
        this.askBest = throttle(() => this.#loadBest().then(draw, complain), 2000);
        feed.on("study", this.askBest, this.#end.signal);
        this.askBest();
        note.load().catch(complain);
        // What is worked out waits for what is only shown.
        feed.columns.load().then(draw, complain).finally(() => this.#end.signal.aborted || importances.load());
    }

    close() {
        this.#end.abort();
        this.askBest.close();
        this.#parts.forEach(part => part.close());
    }

    #keep(part) {
        this.#parts.push(part);
        return part;
    }

    #controls(plot) {
        const names = objectiveNames(this.feed.study);
        const set = (key, value) => {
            this.options[key] = value;
            plot.reset();
        };
        return h("div", { class: "row controls" },
            names.length > 1 ? field("Objective", choice(names.map((name, i) => [i, name]), 0, value => set("objective", Number(value)))) : null,
            field("Along", choice([["number", "Trial number"], ["time", "Time"]], "number", value => this.feed.columns.load([], value === "time").then(() => set("x", value), complain))),
            check("Logarithmic", false, value => set("log", value)), check("Infeasible too", true, value => set("infeasible", value)));
    }

    #axesControls(plot) {
        const names = objectiveNames(this.feed.study).map((name, i) => [i, name]);
        const axis = at => choice(names, this.axes[at], value => {
            this.axes[at] = Number(value);
            plot.reset();
        });
        return h("div", { class: "row controls" }, field("Along", axis(0)), field("Up", axis(1)));
    }

    async #loadBest() {
        if (this.feed.study.counts.complete === 0)
            return replace(this.#bestList, h("p", { class: "empty" }, "No trial is complete yet."));
        this.#best = (await get(ofStudy(this.feed.name, "best-trials"))).trials;
        return replace(this.#bestList,
            h("ul", { class: "best" }, this.#best.slice(0, shownBest).map(trial => h("li", null,
                h("a", { href: href(["studies", this.feed.name, "trials", String(trial.number)]) }, `Trial ${trial.number}`), ` ${values(trial.values)}`,
                h("small", { class: "wrap" }, params(trial.params))))),
            this.#best.length > shownBest ? h("p", { class: "muted" }, `and ${count(this.#best.length - shownBest)} more on the front.`) : null,
            this.#best.length === 0 ? h("p", { class: "empty" }, "No complete trial is feasible.") : null);
    }

    #hypervolume() {
        const point = h("input", { placeholder: this.feed.study.directions.map(() => "1").join(","), spellcheck: "false" });
        const figure = this.#keep(new ServerFigure({
            study: this.feed.name, kind: "hypervolume_history", label: "Hypervolume of the Pareto front after each trial.",
            parameters: () => ({ reference_point: point.value.trim() || null }), controls: [field("Reference point", point, "A number per objective, with commas between.")],
        }));
        return drawer("Hypervolume history", () => figure.load(), figure.element);
    }

    #terminator() {
        const figure = this.#keep(new ServerFigure({ study: this.feed.name, kind: "terminator_improvement", label: "Potential for further improvement after each trial." }));
        return drawer("Terminator improvement", () => figure.load(), figure.element);
    }
}
