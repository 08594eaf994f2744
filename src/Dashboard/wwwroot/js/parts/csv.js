// The trials of a question as a file: what was filtered or brushed. All trials of a study the coordinator exports itself.

import { get, ofStudy, query } from "../base/api.js";
import { h } from "../base/dom.js";
import { toApi } from "./trial-query.js";

/** Fetches page by page and hands the file to the browser. @param names of the parameters */
export async function download(study, names, asked, total) {
    const lines = [["number", "state", ...study.directions.map((_, i) => study.directions.length > 1 ? `values_${i}` : "value"), ...names.map(name => `params_${name}`), "datetime_start", "datetime_complete", "duration"]];
    for (let offset = 0; offset < total; offset += 1000) {
        const { trials } = await get(ofStudy(study.name, "trials") + query({ ...toApi(asked), offset, limit: 1000 }));
        for (const trial of trials) {
            lines.push([trial.number, trial.state, ...study.directions.map((_, i) => trial.values?.[i]), ...names.map(name => trial.params[name]), trial.start, trial.complete, trial.duration]);
        }
    }

    const file = new Blob([lines.map(line => line.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" });
    const link = h("a", { href: URL.createObjectURL(file), download: `${study.name.replace(/[^\w.-]+/g, "_")}-selected.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function cell(value) {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}
