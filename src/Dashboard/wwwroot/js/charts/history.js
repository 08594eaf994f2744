// Optimization history: what each trial reached, and the best so far.

import { count, objectiveNames, plotTime, short } from "../base/format.js";
import { colour } from "../base/theme.js";
import { most, thin } from "../data/thin.js";
import { plain } from "./plotly.js";
import { numbers, series, stateColours } from "./look.js";

/**
 * @param options { objective, x: "number" or "time", log, infeasible: whether they are shown }
 * @param range of x that is looked at, or null
 */
export function history(study, columns, options, range) {
    const { objective } = options;
    const value = columns.values[objective];
    const x = options.x === "time" ? ended(columns) : Array.from({ length: columns.length }, (_, i) => i);
    const rows = [], infeasible = [];
    for (let i = 0; i < columns.length; i++) {
        if (columns.state[i] !== "complete" || !Number.isFinite(value[i]) || options.log && value[i] <= 0)
            continue;
        (columns.feasible[i] === false ? infeasible : rows).push(i);
    }

    if (rows.length + (options.infeasible ? infeasible.length : 0) === 0)
        return { empty: infeasible.length ? "No complete trial is feasible." : "No trial is complete yet." };
    const name = objectiveNames(study)[objective];
    const points = thin(rows, x, value, range);
    const best = bestSoFar(options.x === "time" ? rows.toSorted((a, b) => x[a] - x[b]) : rows, value, study.directions[objective]);
    const at = options.x === "time" ? i => plotTime(x[i]) : i => x[i];
    const data = [
        options.infeasible ? cloud(study, thin(infeasible, x, value, range, most / 5).rows, at, value, "Infeasible", colour("state-waiting"), "x") : null,
        cloud(study, points.rows, at, value, name, series()[0], "circle"),
        best.length ? line(best, at, value, x, rows) : null,
    ].filter(trace => trace);
    return {
        data,
        layout: {
            xaxis: options.x === "time" ? numbers("Completed", { type: "date" }) : numbers("Trial"),
            yaxis: numbers(name, { type: options.log ? "log" : "linear" }),
        },
        label: best.length
            ? `Optimization history of ${count(rows.length + infeasible.length)} complete trials: the best ${name} is ${short(value[best.at(-1)])}, of trial ${best.at(-1)}.`
            : `Optimization history: none of the ${count(infeasible.length)} complete trials is feasible.`,
        note: points.rows.length < points.within
            ? `${count(points.rows.length)} of ${count(points.within)} points are drawn, the lowest and the highest among them. Zoom in to see all.` : null,
    };
}

function ended(columns) {
    return Array.from({ length: columns.length }, (_, i) => (columns.start[i] ?? null) === null ? null : columns.start[i] + 1000 * (columns.duration[i] ?? 0));
}

function cloud(study, rows, at, value, name, color, symbol) {
    return {
        type: "scatter", mode: "markers", name: plain(name), x: rows.map(at), y: rows.map(i => value[i]), marker: { color, symbol, size: 6, opacity: 0.75 },
        customdata: rows.map(trial => ({ study: study.name, trial })), text: rows.map(i => `Trial ${i}`), hovertemplate: "%{text}<br>%{y}<extra></extra>",
    };
}

function line(best, at, value, x, rows) {
    // To the end of the picture, not to the last time something was better.
    const last = rows.reduce((latest, i) => x[i] > x[latest] ? i : latest, best.at(-1));
    return {
        type: "scatter", mode: "lines", name: "Best so far", line: { color: stateColours().fail, width: 2, shape: "hv" },
        x: [...best, last].map(at), y: [...best, best.at(-1)].map(i => value[i]), hovertemplate: "Best so far %{y}<extra></extra>",
    };
}

/** The rows at which something was better than all before. */
export function bestSoFar(rows, value, direction) {
    const better = direction === "maximize" ? (a, b) => a > b : (a, b) => a < b;
    const found = [];
    for (const row of rows) {
        if (found.length === 0 || better(value[row], value[found.at(-1)]))
            found.push(row);
    }

    return found;
}
