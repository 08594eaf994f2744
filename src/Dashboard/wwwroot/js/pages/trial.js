// One trial.

import { button, h, replace } from "../base/dom.js";
import { address, get, ofStudy, post } from "../base/api.js";
import { href } from "../base/router.js";
import { may } from "../base/session.js";
import { bytes, duration, objectiveNames, short, text, time } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { Reports } from "../charts/intermediate.js";
import { Plot } from "../charts/plot.js";
import { Attributes } from "../parts/attributes.js";
import { stateBadge } from "../parts/badges.js";
import { enqueue } from "../parts/enqueue.js";
import { Note } from "../parts/note.js";
import { panel } from "../parts/panel.js";
import { attempt, tell } from "../parts/toast.js";

/** As a side of the study's page. */
export function open(feed, search, number) {
    return new Trial(feed, number);
}

class Trial {
    #end = new AbortController();
    #head = h("div");
    #params = h("tbody");
    #artifacts = h("div");
    #trial = null;
    #plot;
    #attributes;

    constructor(feed, number) {
        this.feed = feed;
        this.path = ofStudy(feed.name, "trials", number);
        this.number = Number(number);
        this.#plot = new Plot({ height: 260, draw: () => this.#curve() });
        this.#attributes = new Attributes(key => `${this.path}/user-attrs/${encodeURIComponent(key)}`, "User attributes");
        this.note = new Note(`${this.path}/note`);
        const table = h("table", null, h("caption", { class: "sr" }, "Parameters"),
            h("thead", null, h("tr", null, ["Parameter", "Value", "Distribution"].map(title => h("th", { scope: "col" }, title)))), this.#params);
        this.element = h("div", null,
            h("p", null, h("a", { href: href(["studies", feed.name, "trials"]) }, "All trials"), " · ",
                this.number > 0 ? h("a", { href: this.#address(this.number - 1) }, "Previous") : null, " · ", h("a", { href: this.#address(this.number + 1) }, "Next")),
            this.#head, h("div", { class: "halves" },
                h("div", null, panel("Parameters", table), panel("Intermediate values", this.#plot.element)),
                h("div", null, panel("Note", this.note.element), panel("User attributes", this.#attributes.element), panel("Artifacts", this.#artifacts))));
        this.ask = throttle(() => this.#load(), 500);
        feed.on("trials", event => event.detail.some(trial => trial.number === this.number) && this.ask(), this.#end.signal);
        this.#load();
        this.note.load().catch(() => { });
        // Where no store is set up the API says so; that is no trouble.
        this.#loadArtifacts().catch(error => replace(this.#artifacts, h("p", { class: "muted" }, error.message)));
    }

    close() {
        this.#end.abort();
        this.ask.close();
        this.#plot.close();
    }

    #address(number) {
        return href(["studies", this.feed.name, "trials", String(number)]);
    }

    async #load() {
        try {
            this.#trial = await get(this.path);
            this.#show(this.#trial);
        } catch (error) {
            replace(this.#head, h("h2", null, `Trial ${this.number}`), h("p", { class: "wrong" }, error.message));
        }
    }

    #show(trial) {
        const fact = (title, ...content) => h("div", null, h("dt", null, title), h("dd", null, content));
        const focused = this.#head.contains(document.activeElement) ? document.activeElement.textContent : null;
        replace(this.#head,
            h("div", { class: "row spread" }, h("h2", null, `Trial ${trial.number} `, stateBadge(trial.state)), this.#actions(trial)),
            h("dl", { class: "facts" },
                objectiveNames(this.feed.study).map((name, i) => fact(name, short(trial.values?.[i] ?? null))),
                trial.constraints?.length ? fact("Constraints", `${trial.constraints.map(short).join(", ")} (${trial.feasible ? "feasible" : "infeasible"})`) : null,
                fact("Started", time(trial.start)), fact("Completed", time(trial.complete)), fact("Duration", duration(trial.duration)), fact("Worker", trial.worker ?? "–"),
                trial.lease ? fact("Lease", `${trial.lease.worker}, token ${trial.lease.token}, ends in ${duration(trial.lease.expires_in)} unless renewed`) : null));
        [...this.#head.querySelectorAll("button")].find(one => one.textContent === focused)?.focus();
        replace(this.#params, Object.entries(trial.params).map(([name, value]) => h("tr", null,
            h("th", { scope: "row", class: "wrap" }, name), h("td", { class: "wrap" }, text(value)), h("td", { class: "wrap muted" }, describe(trial.distributions?.[name])))));
        this.#attributes.show(trial.user_attrs);
        this.#plot.ask();
    }

    #actions(trial) {
        if (!may("write"))
            return null;
        const finished = !["running", "waiting"].includes(trial.state);
        const retry = () => attempt(async () => {
            const { number } = await post(`${this.path}/retry`);
            tell(`Trial ${number} waits in the queue with the same parameters.`);
        });
        return h("div", { class: "row actions", role: "group", "aria-label": "Actions on the trial" },
            finished ? button("Retry", retry) : null, button("Enqueue similar", () => attempt(() => enqueue(this.feed.name, trial.params))));
    }

    #curve() {
        const reports = new Reports(1);
        reports.put(this.number, this.#trial?.intermediate_values ?? []);
        return reports.draw(this.feed.study, {});
    }

    async #loadArtifacts() {
        const { artifacts } = await get(`${this.path}/artifacts`);
        replace(this.#artifacts, artifacts.length === 0 ? h("p", { class: "muted" }, "None.") : h("ul", null, artifacts.map(one => h("li", null,
            h("a", { href: address(ofStudy(this.feed.name, "artifacts", one.id)), download: one.filename }, one.filename), h("small", null, ` ${one.mimetype}, ${bytes(one.size)}`)))));
    }
}

function describe(distribution) {
    if (!distribution)
        return "";
    const { name, attributes } = distribution;
    if (name === "CategoricalDistribution")
        return `one of ${attributes.choices.map(text).join(", ")}`;
    return `${name === "IntDistribution" ? "int" : "float"}, ${text(attributes.low)} to ${text(attributes.high)}${attributes.log ? ", log" : ""}${attributes.step && attributes.step !== 1 ? `, step ${attributes.step}` : ""}`;
}
