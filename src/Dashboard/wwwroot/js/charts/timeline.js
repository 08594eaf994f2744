// When each trial ran, by the worker that ran it.

import { count, duration, plotTime, time } from "../base/format.js";
import { plain } from "./plotly.js";
import { stateColours } from "./look.js";

/**
 * @param trials as the API tells them
 * @param now milliseconds since 1970: how far the bars of running trials reach
 */
export function timeline(study, trials, now) {
    const ran = trials.filter(trial => trial.start).map(trial => bar(trial, now)).sort((a, b) => a.from - b.from);
    if (ran.length === 0)
        return { empty: "No trial has started yet." };
    const lanes = lay(ran);
    const colours = stateColours();
    const states = ["running", "complete", "pruned", "fail"].filter(state => ran.some(one => one.trial.state === state));
    return {
        data: states.map(state => {
            const mine = ran.filter(one => one.trial.state === state);
            return {
                type: "bar", orientation: "h", name: state, marker: { color: colours[state] },
                base: mine.map(one => plotTime(one.from)), x: mine.map(one => Math.max(1, one.to - one.from)), y: mine.map(one => one.lane),
                customdata: mine.map(one => ({ study: study.name, trial: one.trial.number })),
                text: mine.map(tip), textposition: "none", hovertemplate: "%{text}<extra></extra>",
            };
        }),
        layout: {
            barmode: "overlay", bargap: 0.15, xaxis: { type: "date" },
            yaxis: { type: "category", categoryorder: "array", categoryarray: lanes.map(lane => lane.text), autorange: "reversed", dtick: 1 },
        },
        height: Math.max(200, 90 + 30 * lanes.length),
        label: `Timeline of ${count(ran.length)} trials on ${count(new Set(ran.map(one => one.worker)).size)} workers.`,
    };
}

function bar(trial, now) {
    const from = Date.parse(trial.start);
    return { trial, from, to: trial.complete ? Date.parse(trial.complete) : now, worker: trial.worker ?? "worker not known" };
}

/** A worker with several slots has a lane for each trial it runs at the same time. */
function lay(bars) {
    const lanes = [];
    for (const one of bars) {
        let lane = lanes.find(open => open.worker === one.worker && open.until <= one.from);
        if (!lane) {
            const nth = lanes.filter(open => open.worker === one.worker).length;
            lane = { worker: one.worker, text: plain(one.worker) + (nth ? ` (${nth + 1})` : "") };
            lanes.push(lane);
        }

        lane.until = one.to;
        one.lane = lane.text;
    }

    return lanes.sort((a, b) => a.text < b.text ? -1 : 1);
}

function tip({ trial, worker }) {
    return `Trial ${trial.number} (${trial.state})<br>${plain(worker)}<br>${time(trial.start)}<br>${duration(trial.duration)}`;
}
