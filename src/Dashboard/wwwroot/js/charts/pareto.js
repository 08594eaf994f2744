// The Pareto front: two objectives against each other, whatever their number.

import { count, objectiveNames, params, short } from "../base/format.js";
import { colour } from "../base/theme.js";
import { sample, thin } from "../data/thin.js";
import { plain } from "./plotly.js";
import { numbers, series } from "./look.js";

/**
 * @param best trials of the front, as the API tells them: with several objectives it is no matter of two
 * @param axes [objective along x, objective along y]
 */
export function pareto(study, columns, best, [across, up], range) {
    const names = objectiveNames(study);
    const [x, y] = [columns.values[across], columns.values[up]];
    const front = new Set(best.map(trial => trial.number));
    const rows = [], infeasible = [];
    for (let i = 0; i < columns.length; i++) {
        if (!front.has(i) && columns.counts(i, true))
            (columns.feasible[i] === false ? infeasible : rows).push(i);
    }

    const ahead = [...front].filter(i => columns.counts(i, true));
    if (rows.length + infeasible.length + ahead.length === 0)
        return { empty: "No trial is complete yet." };
    const told = new Map(best.map(trial => [trial.number, trial]));
    const cloud = (which, name, color, symbol, size) => ({
        type: "scatter", mode: "markers", name, x: which.map(i => x[i]), y: which.map(i => y[i]), marker: { color, symbol, size, opacity: 0.8 },
        customdata: which.map(trial => ({ study: study.name, trial })),
        text: which.map(i => `Trial ${i}${told.has(i) ? `<br>${plain(params(told.get(i).params)).replaceAll(", ", "<br>")}` : ""}`),
        hovertemplate: "%{text}<br>(%{x}, %{y})<extra></extra>",
    });
    const points = thin(rows, x, y, range);
    return {
        data: [
            infeasible.length ? cloud(sample(infeasible, 1000), "Infeasible", colour("state-waiting"), "x", 6) : null,
            cloud(points.rows, "Dominated", series()[0], "circle", 6),
            cloud(ahead, "Pareto front", colour("state-fail"), "diamond", 9),
        ].filter(trace => trace),
        layout: { xaxis: numbers(names[across]), yaxis: numbers(names[up]) },
        label: `${names[across]} against ${names[up]} of ${count(rows.length + ahead.length)} complete trials, ${count(ahead.length)} of them on the Pareto front` +
            (ahead.length ? `, such as trial ${ahead[0]} with ${short(x[ahead[0]])} and ${short(y[ahead[0]])}.` : "."),
        note: points.rows.length < points.within ? `${count(points.rows.length)} of ${count(points.within)} dominated points are drawn. Zoom in to see all.` : null,
    };
}
