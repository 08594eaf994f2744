// What can be done to a study, for those who may.

import { button, field, h, replace } from "../base/dom.js";
import { ofStudy, patch, post, put, remove } from "../base/api.js";
import { may } from "../base/session.js";
import { ask, confirm } from "./dialog.js";
import { enqueue } from "./enqueue.js";
import { attempt, tell } from "./toast.js";

export class StudyActions {
    #shown = "";

    /** @param follow { renamed(name), removed(), changed() } */
    constructor(study, follow) {
        this.follow = follow;
        this.element = h("div", { class: "row actions", role: "group", "aria-label": `Actions on ${study.name}` });
        this.show(study);
    }

    show(study) {
        this.study = study;
        // Buttons that are the same stay the same: a study that changes ten times a second must not take the focus away.
        const shown = `${study.name} ${study.mode}`;
        if (shown === this.#shown || !may("write"))
            return;
        this.#shown = shown;
        const focused = this.element.contains(document.activeElement);
        const order = (text, verb, done) => button(text, () => this.#order(verb, done));
        replace(this.element,
            study.mode === "running" ? order("Pause", "pause", "Paused: no new trials start.") : order("Resume", "resume", "Resumed."),
            study.mode === "stopped" ? null : button("Stop", () => this.#stop()),
            button("Budget", () => this.#budget()),
            button("Enqueue", () => attempt(() => enqueue(this.study.name))),
            button("Retry", () => this.#retry()),
            button("Rename", () => rename(this.study, this.follow.renamed)),
            may("admin") ? button("Delete", () => drop(this.study, this.follow.removed), { class: "danger" }) : null);
        if (focused)
            this.element.querySelector("button")?.focus();
    }

    async #order(verb, done) {
        const now = await attempt(() => post(ofStudy(this.study.name, verb)), done);
        if (now) {
            this.show(now);
            this.follow.changed?.();
        }
    }

    #stop() {
        confirm({
            title: `Stop ${this.study.name}?`, action: "Stop", text: "Every worker finishes the trials it runs and ends. The study can be resumed; the workers have to be started again.",
            submit: async () => {
                this.show(await post(ofStudy(this.study.name, "stop")));
                this.follow.changed?.();
            },
        });
    }

    #budget() {
        const input = h("input", { type: "number", min: 1, step: 1, value: this.study.budget });
        ask({
            title: "Budget of trials", action: "Set", content: field("Trials in all", input, "Empty: no limit."),
            submit: async () => {
                if (!input.validity.valid)
                    throw new Error("The budget is a whole number of at least 1, or empty.");
                this.show(await put(ofStudy(this.study.name, "budget"), { n_trials: input.value === "" ? null : Number(input.value) }));
                this.follow.changed?.();
            },
        });
    }

    #retry() {
        const input = h("input", { type: "number", min: 0, step: 1, required: true });
        ask({
            title: "Retry a trial", action: "Retry", content: field("Number of a finished trial", input, "Its parameters are tried once more, by a new trial."),
            submit: async () => {
                if (!input.validity.valid)
                    throw new Error("Which trial? A whole number of at least 0.");
                const { number } = await post(ofStudy(this.study.name, "trials", input.value, "retry"));
                tell(`Trial ${number} waits in the queue.`);
            },
        });
    }
}

export function rename(study, renamed) {
    const input = h("input", { value: study.name, required: true });
    ask({
        title: `Rename ${study.name}`, action: "Rename", content: field("New name", input),
        submit: async () => renamed((await patch(ofStudy(study.name), { name: input.value })).name),
    });
}

export function drop(study, removed) {
    confirm({
        title: `Delete ${study.name}?`, action: "Delete", text: `The study and its ${study.n_trials} trials are gone for good.`,
        submit: async () => {
            await remove(ofStudy(study.name));
            tell(`${study.name} was deleted.`);
            removed();
        },
    });
}
