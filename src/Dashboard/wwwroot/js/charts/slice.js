// Slices: an objective against one parameter at a time. One small chart per parameter, side by side.

import { count, objectiveNames } from "../base/format.js";
import { sample, thin } from "../data/thin.js";
import { plain } from "./plotly.js";
import { numbers, scale } from "./look.js";

/** The points of all slices of a page together. */
const most = 6000;

/**
 * @param param { name, distribution }
 * @param share how many slices share the page
 */
export function slice(study, columns, param, objective, share, range) {
    const [x, y] = [columns.params.get(param.name) ?? [], columns.values[objective]];
    const rows = [];
    for (let i = 0; i < columns.length; i++) {
        if (columns.counts(i, true) && x[i] !== null && x[i] !== undefined)
            rows.push(i);
    }

    if (rows.length === 0)
        return { empty: `No complete trial has ${param.name} yet.` };
    const axis = axisOf(param.distribution);
    const limit = Math.max(200, Math.floor(most / share));
    const kept = axis.type === "category" ? { rows: sample(rows, limit), within: rows.length } : thin(rows, x, y, axis.type === "log" ? range?.map(e => 10 ** e) : range, limit, axis.type === "log");
    return {
        data: [{
            type: "scatter", mode: "markers", x: kept.rows.map(i => axis.type === "category" ? plain(x[i]) : x[i]), y: kept.rows.map(i => y[i]), showlegend: false,
            marker: {
                color: kept.rows, colorscale: scale(), cmin: 0, cmax: columns.length, size: 6, opacity: 0.8,
                symbol: kept.rows.map(i => columns.feasible[i] === false ? "x" : "circle"),
            },
            customdata: kept.rows.map(trial => ({ study: study.name, trial })), text: kept.rows.map(i => `Trial ${i}`),
            hovertemplate: "%{text}<br>%{x}<br>%{y}<extra></extra>",
        }],
        layout: { xaxis: numbers(param.name, { ...axis, automargin: axis.type === "category" }), yaxis: numbers(objectiveNames(study)[objective]) },
        label: `${objectiveNames(study)[objective]} against ${param.name} of ${count(rows.length)} trials.`,
        note: kept.rows.length < kept.within ? `${count(kept.rows.length)} of ${count(kept.within)} points are drawn. Zoom in to see more.` : null,
    };
}

/** How values of a distribution are laid out. */
function axisOf({ name, attributes }) {
    if (name !== "CategoricalDistribution")
        return { type: attributes.log ? "log" : "linear" };
    return { type: "category", categoryorder: "array", categoryarray: attributes.choices.map(plain) };
}
