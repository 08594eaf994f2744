// Several studies in one picture: the best so far of each.

import { count, short } from "../base/format.js";
import { plain } from "./plotly.js";
import { bestSoFar } from "./history.js";
import { numbers, series } from "./look.js";

/** @param studies [{ study, columns }] */
export function compared(studies, options) {
    const colours = series();
    const lines = studies.map(({ study, columns }, i) => {
        const value = columns.values[0] ?? [], rows = [];
        for (let at = 0; at < columns.length; at++) {
            if (columns.counts(at) && !(options.log && value[at] <= 0))
                rows.push(at);
        }

        const best = bestSoFar(rows, value, study.directions[0]);
        const x = best.length ? [...best, rows.at(-1)] : [];
        return {
            trace: {
                type: "scatter", mode: "lines+markers", name: plain(study.name), x, y: x.map((_, at) => value[best[Math.min(at, best.length - 1)]]),
                line: { shape: "hv", width: 2, color: colours[i % colours.length] }, marker: { size: 5 },
                customdata: x.map(trial => ({ study: study.name, trial })), hovertemplate: "%{y} at trial %{x}<extra>%{fullData.name}</extra>",
            },
            words: best.length ? `${study.name}: ${short(value[best.at(-1)])} after ${count(rows.length)} trials` : `${study.name}: nothing yet`,
        };
    });
    return {
        data: lines.map(line => line.trace),
        layout: { xaxis: numbers("Trial"), yaxis: numbers("Best value so far", { type: options.log ? "log" : "linear" }), showlegend: true },
        label: `Best value so far. ${lines.map(line => line.words).join("; ")}.`,
    };
}
