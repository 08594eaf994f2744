// What trials reported on their way: a line per trial.

import { count, number } from "../base/format.js";
import { colour } from "../base/theme.js";
import { numbers, series } from "./look.js";

/** Lines of trials by number, the newest only. */
export class Reports {
    #most;
    #lines = new Map();

    constructor(most) {
        this.#most = most;
    }

    /** @param points [[step, value], …] */
    put(trial, points, feasible = true) {
        if (points.length === 0)
            return;
        this.#lines.set(trial, { x: points.map(([step]) => step), y: points.map(([, value]) => number(value)), feasible });
        if (this.#lines.size > this.#most)
            this.#lines.delete(Math.min(...this.#lines.keys()));
    }

    /** Out of the coordinator's own figure, which names its lines after their trials. */
    take(figure) {
        for (const trace of figure.data) {
            const trial = /\d+/.exec(trace.name ?? "");
            if (trial)
                this.put(Number(trial[0]), trace.x.map((step, i) => [step, trace.y[i]]));
        }
    }

    draw(study, options) {
        const trials = [...this.#lines.keys()].sort((a, b) => a - b);
        if (trials.length === 0)
            return { empty: "No trial has reported intermediate values." };
        const colours = series();
        return {
            data: trials.map(trial => {
                const { x, y, feasible } = this.#lines.get(trial);
                return {
                    type: "scatter", mode: x.length > 1 ? "lines+markers" : "markers", name: `Trial ${trial}`, x, y, marker: { size: 4 },
                    line: { width: 1.5, color: feasible ? colours[trial % colours.length] : colour("state-waiting") },
                    customdata: x.map(() => ({ study: study.name, trial })), hovertemplate: `Trial ${trial}<br>step %{x}<br>%{y}<extra></extra>`,
                };
            }),
            layout: { xaxis: numbers("Step"), yaxis: numbers("Intermediate value", { type: options.log ? "log" : "linear" }), showlegend: trials.length <= 20 },
            label: `Intermediate values of the newest ${count(trials.length)} trials that reported any.`,
        };
    }
}
