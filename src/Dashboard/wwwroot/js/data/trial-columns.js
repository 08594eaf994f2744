// All trials of a study as columns, each an array by trial number: what charts read. A hundred thousand trials are a few arrays, not a hundred thousand objects.

import { get, ofStudy, query } from "../base/api.js";
import { number } from "../base/format.js";

export class TrialColumns {
    /** @param study name */
    constructor(study, objectives) {
        this.study = study;
        /** Numbers of trials known, in order of number; there are no gaps in a study. */
        this.length = 0;
        this.version = 0;
        this.state = [];
        /** One array per objective; null where there is no value. */
        this.values = Array.from({ length: objectives }, () => []);
        /** Milliseconds since 1970. */
        this.start = [];
        /** Seconds. */
        this.duration = [];
        this.feasible = [];
        /** By name; only those that were asked for. */
        this.params = new Map();
    }

    /**
     * Loads what is not here yet.
     * @param names of parameters
     */
    async load(names = []) {
        const missing = names.filter(name => !this.params.has(name));
        if (this.version > 0 && missing.length === 0)
            return this;
        // Named one by one, commas and all: the list is a list of names, not a text to cut.
        const meanwhile = [];
        this.#listening.add(meanwhile);
        try {
            const got = await get(ofStudy(this.study, "columns") + query({ params: missing.join(",") }));
            for (const name of missing)
                this.params.set(name, this.params.get(name) ?? []);
            this.take(got);
            // What events told while the answer was on its way may be newer than the answer.
            meanwhile.filter(([, version]) => version > got.version).forEach(([trial]) => this.#write(trial));
        } finally {
            this.#listening.delete(meanwhile);
        }

        return this;
    }

    #listening = new Set();

    /** Columns as the API sends them: all trials, or those that changed. */
    take(got) {
        got.number.forEach((trial, row) => {
            this.state[trial] = got.state[row];
            this.values.forEach((column, i) => column[trial] = number(got.values[i]?.[row]));
            this.start[trial] = got.start[row];
            this.duration[trial] = got.duration[row];
            this.feasible[trial] = got.feasible[row];
            this.length = Math.max(this.length, trial + 1);
        });
        for (const [name, column] of Object.entries(got.params)) {
            const mine = this.params.get(name);
            if (mine)
                got.number.forEach((trial, row) => mine[trial] = column[row]);
        }

        this.version = Math.max(this.version, got.version);
    }

    /** One trial as events bring it, with the version that its event counts by. Nothing is kept before the columns were asked for. */
    put(trial, version) {
        for (const list of this.#listening)
            list.push([trial, version]);
        if (this.version > 0) {
            this.#write(trial);
            this.version = Math.max(this.version, version);
        }
    }

    #write(trial) {
        const at = trial.number;
        this.state[at] = trial.state;
        this.values.forEach((column, i) => column[at] = number(trial.values?.[i]));
        this.start[at] = trial.start ? Date.parse(trial.start) : null;
        this.duration[at] = trial.duration;
        this.feasible[at] = trial.feasible;
        for (const [name, column] of this.params)
            column[at] = trial.params[name] ?? null;
        this.length = Math.max(this.length, at + 1);
    }

    /** A finished trial with values that count: complete, of numbers that are finite, and feasible unless asked otherwise. */
    counts(trial, infeasibleToo = false) {
        return this.state[trial] === "complete" && (infeasibleToo || this.feasible[trial] !== false) && this.values.every(column => Number.isFinite(column[trial]));
    }
}
