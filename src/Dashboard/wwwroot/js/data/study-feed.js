// One study as it is now, kept up by its events: what every view of the study reads.

import { address, get, ofStudy, query } from "../base/api.js";
import { follow } from "../base/live.js";
import { TrialColumns } from "./trial-columns.js";

/** Tells "study" (counts, mode, attributes), "trials" (detail: the trials that changed) and "deleted". */
export class StudyFeed extends EventTarget {
    static async open(name) {
        return new StudyFeed(await get(ofStudy(name)));
    }

    constructor(study) {
        super();
        this.study = study;
        this.name = study.name;
        this.columns = new TrialColumns(study.name, study.directions.length);
        // What happens from here on is told; what was before, views ask for. Then it is the last event's id, whatever that looks like.
        const { complete, pruned, fail } = study.counts;
        let after = `${study.version}-${complete + pruned + fail}`;
        this.#stop = follow(() => address(ofStudy(this.name, "events") + query({ after })), {
            study: (now, id) => {
                after = id || after;
                this.study = now;
                this.dispatchEvent(new Event("study"));
            },
            trials: ({ version, trials }, id) => {
                after = id || after;
                trials.forEach(trial => this.columns.put(trial, version));
                this.dispatchEvent(new CustomEvent("trials", { detail: trials }));
            },
            deleted: () => {
                this.close();
                this.dispatchEvent(new Event("deleted"));
            },
        });
    }

    #stop;

    close() {
        this.#stop();
    }

    /** Listens until the signal says otherwise. */
    on(name, listener, signal) {
        this.addEventListener(name, listener, { signal });
    }
}
