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
        /** Milliseconds since 1970; like the duration, only of trials that events told of until it is asked for. */
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
     * @param times whether start and duration are wanted
     */
    async load(names = [], times = false) {
        const missing = names.filter(name => !this.params.has(name));
        if (this.version > 0 && missing.length === 0 && (!times || this.#timed))
            return this;
        const meanwhile = [];
        this.#listening.add(meanwhile);
        try {
            const got = await get(ofStudy(this.study, "columns") + query({ params: "", param: missing, fields: `state,values,feasible${times ? ",start,duration" : ""}` }));
            for (const name of missing)
                this.params.set(name, this.params.get(name) ?? []);
            this.take(got);
            this.#timed ||= times;
            // What events told while the answer was on its way may be newer than the answer.
            meanwhile.filter(([, version]) => version > got.version).forEach(([trial]) => this.#write(trial));
        } finally {
            this.#listening.delete(meanwhile);
        }

        return this;
    }

    #listening = new Set();
    #timed = false;

    /** Columns as the API sends them: all trials, or those that changed. */
    take(got) {
        if (got.number.length >= this.length && got.number.every((trial, row) => trial === row))
            this.#adopt(got);
        else
            this.#merge(got);
        this.version = Math.max(this.version, got.version);
    }

    // All of a study's, which are long: they are kept as they came.
    #adopt(got) {
        this.state = got.state;
        this.values.forEach((_, i) => this.values[i] = numbers(got.values[i]));
        this.feasible = got.feasible;
        this.start = got.start ?? this.start;
        this.duration = got.duration ?? this.duration;
        this.length = got.number.length;
        for (const [name, column] of Object.entries(got.params)) {
            if (this.params.has(name))
                this.params.set(name, column);
        }
    }

    #merge(got) {
        got.number.forEach((trial, row) => {
            this.state[trial] = got.state[row];
            this.values.forEach((column, i) => column[trial] = number(got.values[i]?.[row]));
            this.feasible[trial] = got.feasible[row];
            this.length = Math.max(this.length, trial + 1);
            if (got.start)
                [this.start[trial], this.duration[trial]] = [got.start[row], got.duration[row]];
        });
        for (const [name, column] of Object.entries(got.params)) {
            const mine = this.params.get(name);
            if (mine)
                got.number.forEach((trial, row) => mine[trial] = column[row]);
        }
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

/** In place: most columns hold nothing but numbers. */
function numbers(column) {
    for (let i = 0; i < column.length; i++) {
        if (typeof column[i] === "string")
            column[i] = number(column[i]);
    }

    return column;
}
