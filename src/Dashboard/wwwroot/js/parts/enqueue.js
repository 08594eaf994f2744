// A trial with given parameters, put into the study's queue.

import { choice, field, h } from "../base/dom.js";
import { get, ofStudy, post } from "../base/api.js";
import { ask } from "./dialog.js";
import { tell } from "./toast.js";

/** @param given parameters to begin with */
export async function enqueue(study, given = {}) {
    const { params } = await get(ofStudy(study, "search-space"));
    const inputs = params.map(param => [param, input(param.distribution, given[param.name])]);
    const more = h("textarea", { rows: 3, placeholder: "{\"x\": 0.5}" });
    ask({
        title: "Enqueue a trial", action: "Enqueue",
        content: [
            h("p", null, "What is left empty is drawn by the sampler."),
            inputs.map(([param, control]) => field(param.name, control, range(param.distribution))),
            field(params.length ? "Further parameters" : "Parameters", more, "JSON: an object of names and values."),
        ],
        submit: async () => {
            const named = { ...further(more.value) };
            for (const [param, control] of inputs) {
                if (control.value !== "")
                    named[param.name] = read(param, control.value);
            }

            const { number } = await post(ofStudy(study, "trials", "enqueue"), { params: named });
            tell(`Trial ${number} waits in the queue.`);
        },
    });
}

function input({ name, attributes }, given) {
    if (name === "CategoricalDistribution")
        return choice([["", "(sampler)"], ...attributes.choices.map(one => [JSON.stringify(one), typeof one === "string" ? one : JSON.stringify(one)])], given === undefined ? "" : JSON.stringify(given));
    return h("input", { type: "text", inputmode: "decimal", value: given ?? "" });
}

function range({ name, attributes }) {
    return name === "CategoricalDistribution" ? null : `${attributes.low} to ${attributes.high}${attributes.log ? ", logarithmic" : ""}${attributes.step ? `, in steps of ${attributes.step}` : ""}`;
}

function read({ name, distribution }, value) {
    if (distribution.name === "CategoricalDistribution")
        return JSON.parse(value);
    const number = Number(value);
    if (Number.isNaN(number))
        throw new Error(`'${value}' is no number; ${name} is one.`);
    return number;
}

function further(text) {
    if (!text.trim())
        return {};
    let object;
    try {
        object = JSON.parse(text);
    } catch (error) {
        throw new Error(`The further parameters are no JSON: ${error.message}`);
    }

    if (object === null || typeof object !== "object" || Array.isArray(object))
        throw new Error("The further parameters are to be a JSON object, such as {\"x\": 0.5}.");
    return object;
}
