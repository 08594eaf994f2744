// The form for a new study.

import { choice, field, h } from "../base/dom.js";
import { post } from "../base/api.js";
import { ask } from "./dialog.js";

// Those that need no options of their own; the others are made by programs.
const samplers = [["", "(default)"], "auto", "tpe", "gp", "cmaes", "nsgaii", "nsgaiii", "qmc", "random", "brute_force"];
const pruners = [["", "(default)"], "median", "hyperband", "successive_halving", "percentile", "wilcoxon", "nop"];

/** @param created called with the new study */
export function createStudy(created) {
    const name = h("input", { autocomplete: "off" });
    const directions = h("input", { value: "minimize", required: true, spellcheck: "false", autocomplete: "off" });
    const metrics = h("input", { autocomplete: "off" });
    const [sampler, pruner] = [choice(samplers, ""), choice(pruners, "")];
    const trials = h("input", { type: "number", min: 1, step: 1 });
    ask({
        title: "New study", action: "Create",
        content: [
            field("Name", name, "Empty: the coordinator makes one up."),
            field("Directions", directions, "minimize or maximize; several, with commas between, for several objectives."),
            field("Names of the objectives", metrics, "With commas between; may be left empty."),
            field("Sampler", sampler), field("Pruner", pruner), field("Trials in all", trials, "Empty: no limit."),
        ],
        submit: async () => {
            if (!trials.validity.valid)
                throw new Error("Trials in all is a whole number of at least 1, or empty.");
            const wanted = { directions: list(directions.value) };
            const extra = {
                name: name.value || null, metric_names: list(metrics.value), sampler: sampler.value || null, pruner: pruner.value || null,
                n_trials: trials.value === "" ? null : Number(trials.value),
            };
            for (const [key, value] of Object.entries(extra)) {
                if (value !== null && value.length !== 0)
                    wanted[key] = value;
            }

            created(await post("studies", wanted));
        },
    });
}

const list = text => text.split(",").map(part => part.trim()).filter(part => part);
