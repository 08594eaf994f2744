// Which worker ran what, and when.

import { button, h } from "../base/dom.js";
import { get, ofStudy, query } from "../base/api.js";
import { count } from "../base/format.js";
import { Plot } from "../charts/plot.js";
import { timeline } from "../charts/timeline.js";
import { panel } from "../parts/panel.js";
import { attempt } from "../parts/toast.js";

// More bars than this nobody tells apart; the older ones are a page away.
const page = 500;

export function open(feed) {
    return new Timeline(feed);
}

class Timeline {
    #end = new AbortController();
    #trials = new Map();
    #offset = 0;
    #status = h("span", { class: "muted", role: "status" });
    #older = button("Older", () => this.#turn(this.#offset + page));
    #newer = button("Newer", () => this.#turn(Math.max(0, this.#offset - page)));

    constructor(feed) {
        this.feed = feed;
        this.plot = new Plot({ draw: () => timeline(feed.study, [...this.#trials.values()], Date.now()) });
        this.element = panel("Timeline by worker", h("div", { class: "row controls" }, this.#older, this.#newer, this.#status), this.plot.element);
        feed.on("trials", event => this.#take(event.detail), this.#end.signal);
        // Running trials grow while nothing happens.
        this.clock = setInterval(() => [...this.#trials.values()].some(trial => trial.state === "running") && this.plot.ask(), 2000);
        this.#turn(0);
    }

    close() {
        this.#end.abort();
        clearInterval(this.clock);
        this.plot.close();
    }

    async #turn(offset) {
        const got = await attempt(() => get(ofStudy(this.feed.name, "trials") + query({ sort: "-start", state: "running,complete,pruned,fail", offset, limit: page })));
        if (!got || this.#end.signal.aborted)
            return;
        this.#offset = offset;
        this.#trials = new Map(got.trials.map(trial => [trial.number, trial]));
        this.#older.disabled = offset + page >= got.total;
        this.#newer.disabled = offset === 0;
        this.#status.textContent = got.total > page ? `${count(offset + 1)} to ${count(offset + got.trials.length)} of ${count(got.total)} trials, the newest first` : "";
        this.plot.ask();
    }

    #take(trials) {
        for (const trial of trials) {
            // On an older page only what is on it changes.
            if (trial.start && (this.#offset === 0 || this.#trials.has(trial.number)))
                this.#trials.set(trial.number, trial);
        }

        while (this.#trials.size > page)
            this.#trials.delete(Math.min(...this.#trials.keys()));
        this.plot.ask();
    }
}
