// Studies beside each other.

import { check, h, replace } from "../base/dom.js";
import { address, get, ofStudy, query } from "../base/api.js";
import { follow } from "../base/live.js";
import { href } from "../base/router.js";
import { short, time, values } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { compared } from "../charts/compare.js";
import { Plot } from "../charts/plot.js";
import { ServerFigure } from "../charts/server-figure.js";
import { TrialColumns } from "../data/trial-columns.js";
import { countsBar, modeBadge } from "../parts/badges.js";
import { panel } from "../parts/panel.js";
import { complain } from "../parts/toast.js";

// As many as colours that can be told apart.
const most = 8;

/** #/compare?study=A&study=B */
export async function open(main, parts, search) {
    document.title = "Compare studies – Optuna";
    const names = [...new Set(search.getAll("study"))].slice(0, most);
    if (names.length === 0) {
        replace(main, h("h1", null, "Compare studies"), h("p", null, "Choose studies on the ", h("a", { href: href([]) }, "list of studies"), "."));
        return { close() { } };
    }

    const studies = await Promise.all(names.map(async name => {
        const study = await get(ofStudy(name));
        return { study, columns: await new TrialColumns(name, study.directions.length).load() };
    }));
    const page = new Compare(studies);
    replace(main, page.element);
    return page;
}

class Compare {
    #body = h("tbody");
    #changed = new Set();

    constructor(studies) {
        this.studies = studies;
        const options = { log: false };
        this.plot = new Plot({ height: 400, draw: () => compared(this.studies, options) });
        const [first, ...others] = studies.map(one => one.study.name);
        this.edf = new ServerFigure({ study: first, kind: "edf", label: "Empirical distribution functions of the studies.", parameters: () => ({ compare: others, target: studies[0].study.directions.length > 1 ? 0 : null }) });
        const log = check("Logarithmic", false, value => {
            options.log = value;
            this.plot.reset();
        });
        const one = studies.every(({ study }) => study.directions.length === 1 && study.directions[0] === studies[0].study.directions[0]);
        this.element = h("div", null, h("h1", null, "Compare studies"),
            h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Studies" }, h("table", null, h("caption", { class: "sr" }, "Studies compared"),
                h("thead", null, h("tr", null, ["Study", "Mode", "Directions", "Trials", "Best", "Sampler", "Pruner", "Last changed"].map(title => h("th", { scope: "col" }, title)))), this.#body)),
            one ? null : h("p", { class: "wrong", role: "note" }, "These studies go in different directions: of each, the first objective is shown."),
            panel("Optimization history", h("div", { class: "row controls" }, log), this.plot.element), panel("EDF", this.edf.element));
        this.#rows();
        this.ask = throttle(() => this.#renew().catch(complain), 2000);
        this.stop = follow(() => address("events"), {
            studies: ({ studies: changed }) => {
                changed.filter(study => this.studies.some(mine => mine.study.name === study.name)).forEach(study => this.#changed.add(study.name));
                if (this.#changed.size)
                    this.ask();
            },
            deleted: () => { },
        });
        this.edf.load();
    }

    close() {
        this.stop();
        this.ask.close();
        this.plot.close();
        this.edf.close();
    }

    /** Of the studies that changed: what they are now, and the trials that changed since. */
    async #renew() {
        const names = [...this.#changed];
        this.#changed.clear();
        for (const mine of this.studies.filter(one => names.includes(one.study.name))) {
            mine.study = await get(ofStudy(mine.study.name));
            mine.columns.take(await get(ofStudy(mine.study.name, "columns") + query({ params: "", fields: "state,values,feasible", since: mine.columns.version })));
        }

        this.#rows();
        this.plot.ask();
    }

    #rows() {
        replace(this.#body, this.studies.map(({ study }) => h("tr", null,
            h("th", { scope: "row", class: "wrap" }, h("a", { href: href(["studies", study.name]) }, study.name)), h("td", null, modeBadge(study.mode)),
            h("td", null, study.directions.join(", ")), h("td", null, countsBar(study.counts)), h("td", { class: "number" }, study.best_trial ? values(study.best_trial.values) : short(null)),
            h("td", null, study.sampler ?? "–"), h("td", null, study.pruner ?? "–"), h("td", null, time(study.updated)))));
    }
}
